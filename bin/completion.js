/**
 * What makes a shell complete a command. `words` are what can be typed, by the command before it; '' is the beginning of the
 * line. Where nothing fits, files are offered. Gives undefined for a shell that is not known.
 */
export function completion(shell, command, words) {
  if (shell === 'bash') return bash(command, words);
  if (shell === 'zsh')
    return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(command, words)}`;
  return shell === 'fish' ? fish(command, words) : undefined;
}

function bash(command, { '': first = [], ...after }) {
  const name = `_${command.replaceAll('-', '_')}`;
  const cases = Object.entries(after).map(([word, those]) => `    ${word}) words="${those.join(' ')}" ;;`);
  return `${name}() {
  local words
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    completion) words="bash zsh fish" ;;
    *) words="${first.join(' ')}" ;;
  esac
  [ "$COMP_CWORD" -gt 1 ] || words="${first.join(' ')}"
  COMPREPLY=($(compgen -W "$words" -- "$2"))
}
complete -o default -F ${name} ${command}
`;
}

function fish(command, { '': first = [], ...after }) {
  const option = (condition, word) =>
    `complete -c ${command} -n '${condition}' ${word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`}`;
  const lines = [
    ...first.map((word) => option('__fish_use_subcommand', word)),
    ...Object.entries(after).flatMap(([name, words]) =>
      words.map((word) => option(`__fish_seen_subcommand_from ${name}`, word)),
    ),
    ...['bash', 'zsh', 'fish'].map((shell) => option('__fish_seen_subcommand_from completion', shell)),
  ];
  return `${lines.join('\n')}\n`;
}
