/** How the page looks: it follows the reader's choice of light or dark. Outcomes are told in words, colours only help. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#f6f8fa, #151b23);
  --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#cf222e, #ff7b72); --other: light-dark(#8a5a00, #e3b341);
  --quiet: light-dark(#57606a, #9198a1); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem;
  background: light-dark(#fff, #0d1117); color: light-dark(#1f2328, #f0f6fc); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
caption { text-align: left; color: var(--quiet); padding-bottom: .5rem; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .6rem; margin: .4rem 0; }
td { overflow-wrap: anywhere; }
td:first-child, td:nth-child(3) { white-space: nowrap; }
.pass { color: var(--good); } .fail, .error, .not-exercised { color: var(--bad); font-weight: 600; }
.waived, .skipped { color: var(--other); } .quiet { color: var(--quiet); }
details { margin: .2rem 0; } summary { cursor: pointer; }
ol.timeline { list-style: none; padding: 0 0 0 1rem; border-left: 3px solid var(--line); }
ol.timeline > li { margin: .3rem 0; } li.step { font-weight: 600; margin-top: 1rem !important; }
li.call { padding-left: 1rem; } li.request, li.event { padding-left: 2rem; }
.kind { display: inline-block; min-width: 4.5rem; color: var(--quiet); font-weight: 400; }
`;
