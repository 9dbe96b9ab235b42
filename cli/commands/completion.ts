import type { Command } from 'commander';
import type { Context } from '../context';
import { askedWrongly } from '../output';

const flagsOf = (command: Command): string[] => command.options.flatMap(({ long }) => (long ? [long] : []));

/** Every command line that can be begun, as words: the groups, their commands, and the options of each and of all. */
function tree(program: Command, command: Command = program, path: readonly string[] = []): Map<string, string[]> {
  const names = command.commands.map((each) => each.name());
  const flags = new Set([...flagsOf(command), ...flagsOf(program), '--help']);
  const found = new Map([[path.join(' '), [...names, ...flags]]]);
  for (const each of command.commands)
    for (const [key, words] of tree(program, each, [...path, each.name()])) found.set(key, words);
  return found;
}

function bash(words: ReadonlyMap<string, string[]>): string {
  const cases = [...words].map(([path, next]) => `    "${path}") next="${next.join(' ')}" ;;`);
  return `_tajdid() {
  local path="" word next=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    case " ${[...words.keys()].join('|').replaceAll(' ', '_')}| " in *"\${path:+\${path// /_}_}$word|"*) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _tajdid tajdid`;
}

const zsh = (words: ReadonlyMap<string, string[]>): string =>
  `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;

function fish(words: ReadonlyMap<string, string[]>): string {
  const lines = [...words].map(([path, next]) => {
    const seen = path
      .split(' ')
      .filter(Boolean)
      .map((word) => `__fish_seen_subcommand_from ${word}`);
    const further = next.filter((word) => !word.startsWith('-'));
    // The commands of a group are offered until one of them is there.
    const yet = seen.length > 0 && further.length > 0 ? [`not __fish_seen_subcommand_from ${further.join(' ')}`] : [];
    const when = seen.length === 0 ? '__fish_use_subcommand' : [...seen, ...yet].join('; and ');
    return `complete -c tajdid -f -n "${when}" -a "${next.join(' ')}"`;
  });
  return lines.join('\n');
}

const shells: Readonly<Record<string, (words: ReadonlyMap<string, string[]>) => string>> = { bash, zsh, fish };

export function completionCommand(program: Command, { output }: Context): void {
  program
    .command('completion <shell>')
    .description('a script for bash, zsh or fish: source <(tajdid completion bash)')
    .action((shell: string) => {
      const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
      if (!script) throw askedWrongly('There is completion for bash, zsh and fish.', 'الإكمال لـ bash وzsh وfish.');
      output.out(script(tree(program)));
    });
}
