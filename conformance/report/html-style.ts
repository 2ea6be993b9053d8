/** How the page looks: it follows the reader's choice of light or dark. Outcomes are told in words, colours only help. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#f6f8fa, #151b23);
  --good: light-dark(#116329, #3fb950); --bad: light-dark(#b3211c, #ff7b72); --other: light-dark(#7a4d00, #e3b341);
  --quiet: light-dark(#57606a, #9198a1); --link: light-dark(#0a58ca, #6cb0ff); }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem;
  background: light-dark(#fff, #0d1117); color: light-dark(#1f2328, #f0f6fc); overflow-wrap: anywhere; }
a { color: var(--link); }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; } h3 { font-size: 1rem; margin: .3rem 0; }
[hidden] { display: none !important; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { white-space: pre-wrap; background: var(--soft); padding: .6rem; margin: .4rem 0; }
.pass { color: var(--good); } .fail, .error, .not-exercised { color: var(--bad); font-weight: 600; }
.waived, .skipped { color: var(--other); } .quiet { color: var(--quiet); }
.heat td { color: inherit; font-weight: 400; white-space: nowrap; }
.heat td.pass { background: color-mix(in srgb, var(--good) var(--heat, 0%), transparent); }
.heat td.fail { background: color-mix(in srgb, var(--bad) 40%, transparent); font-weight: 600; }
.heat td.skipped { background: color-mix(in srgb, var(--other) 40%, transparent); }
details { margin: .2rem 0; } summary { cursor: pointer; }
article { border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 6px; padding: .5rem .9rem; margin: .75rem 0; }
ol.requirements { list-style: none; padding: 0; border-top: 1px solid var(--line); }
ol.requirements > li { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 0 1rem; padding: .5rem 0;
  border-bottom: 1px solid var(--line); scroll-margin-top: 1rem; }
ol.requirements p { margin: 0; }
ol.requirements > li > * { grid-column: 2; } ol.requirements > li > .head { grid-column: 1; grid-row: 1 / span 3; }
.head > * { margin-right: .4rem; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1rem 0; }
fieldset { border: 0; padding: 0; margin: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: .4rem; }
legend { float: left; padding: .25rem .5rem .25rem 0; }
.count { border: 1px solid var(--line); border-radius: 6px; padding: .2rem .6rem; }
select, input { font: inherit; color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: 4px; max-width: 100%; }
option { color: CanvasText; background: Canvas; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
dl.differences { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 .8rem; background: var(--soft); padding: .6rem; margin: .4rem 0; }
dl.differences dt { grid-column: 1 / -1; font-weight: 600; } dl.differences dd { margin: 0; display: contents; }
.steps { list-style: none; padding: 0 0 0 .8rem; border-left: 3px solid var(--line); }
.steps > li { margin: .3rem 0; } .steps ul { list-style: none; padding-left: 1rem; }
.kind { display: inline-block; min-width: 4.5rem; color: var(--quiet); }
.wide { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
thead th { vertical-align: bottom; }
.matrix td, .trend td { white-space: nowrap; overflow-wrap: normal; } .matrix th[scope=row] { min-width: 11rem; }
.trend .pass rect, rect.pass { fill: var(--good); } rect.bad { fill: var(--bad); } rect.other { fill: var(--other); }
@media (max-width: 45rem) { ol.requirements > li { display: block; } .head { margin-bottom: .2rem !important; } }
@media print { .filters { display: none; } body { max-width: none; padding: 0; font-size: 11pt; }
  ol.requirements > li, article > h3 { break-inside: avoid; } pre { border: 1px solid var(--line); } }
`;
