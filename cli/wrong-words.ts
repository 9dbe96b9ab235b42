import type { CommanderError } from 'commander';
import type { Bilingual } from '../domain/refusal';

/** What commander finds wrong, by its code; what its sentence has between quotes is what was asked wrongly. */
const ARABIC: Readonly<Record<string, (what: string) => string>> = {
  'commander.help': (group) => `ينقص أحد أوامر ${group}.`,
  'commander.missingArgument': (argument) => `ينقص ${argument}.`,
  'commander.excessArguments': (command) => `كلمات أكثر مما يأخذ ${command}.`,
  'commander.optionMissingArgument': (option) => `تنقص قيمة ${option}.`,
  'commander.missingMandatoryOptionValue': (option) => `ينقص ${option}.`,
  'commander.invalidArgument': (option) => `قيمة ${option} غير مقبولة.`,
  'commander.unknownOption': (option) => `لا خيار باسم ${option}.`,
  'commander.unknownCommand': (command) => `لا أمر باسم ${command}.`,
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** In one line what was wrong with a command line, and beside it how it is asked; `help` is what commander said to that. */
export function askedInWords(
  { code, message }: CommanderError,
  help: string,
): { readonly said: Bilingual; readonly usage: Bilingual } {
  const usage = /^Usage: (.*)$/m.exec(help)?.[1] ?? '';
  const [line, meant] = message.replace(/^error: /, '').split('\n');
  const group = code === 'commander.help' ? usage.replace(/ \[.*/, '') : undefined;
  const what = group ?? /'([^']+)'/.exec(message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?(.+)\?/.exec(meant ?? '')?.[1];
  const en = group === undefined ? sentence(line ?? '') : `A command of ${group} is missing.`;
  const ar = ARABIC[code]?.(what) ?? en;
  return {
    said: { en: meant === undefined ? en : `${en} ${meant}`, ar: near === undefined ? ar : `${ar} هل قصدت ${near}؟` },
    usage: { en: help.slice(help.indexOf('Usage: ')), ar: `الاستعمال: ${usage}` },
  };
}
