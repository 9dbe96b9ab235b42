import type { CommanderError } from 'commander';
import type { Bilingual } from '../domain/refusal';
import { sentence } from '../domain/sentence';
import type { ConfigError } from '../engine/config';

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

const USAGE = 'الاستعمال';
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': `${USAGE}:`,
  'Options:': 'الخيارات:',
  'Commands:': 'الأوامر:',
  'Arguments:': 'المعطيات:',
};

/** A heading of commander's help. */
export const arabicTitle = (title: string): string => TITLES[title] ?? title;

/** Which settings are wrong is told in both languages, what is wrong with each as the programs say it when they start. */
export function settingsInWords({ message, problems }: ConfigError): Bilingual {
  const named = [...new Set(problems.flatMap((problem) => problem.match(/\b[A-Z][A-Z_]{2,}\b/) ?? []))];
  return { en: message, ar: `راجع هذه الإعدادات: ${named.join('، ')}.\n${message}` };
}

/** In one line what was wrong with a command line, and beside it how it is asked; `help` is what commander said to that. */
export function askedInWords(
  { code, message }: CommanderError,
  help: string,
): { readonly said: Bilingual; readonly usage: Bilingual } {
  const usage = /^(?:Usage|الاستعمال): (.*)$/m.exec(help)?.[1] ?? '';
  const [line, meant] = message.replace(/^error: /, '').split('\n');
  const group = code === 'commander.help' ? usage.replace(/ \[.*/, '') : undefined;
  const what = group ?? /'([^']+)'/.exec(message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?(.+)\?/.exec(meant ?? '')?.[1];
  const en = group === undefined ? sentence(line ?? '') : `A command of ${group} is missing.`;
  const ar = ARABIC[code]?.(what) ?? en;
  return {
    said: { en: meant === undefined ? en : `${en} ${meant}`, ar: near === undefined ? ar : `${ar} هل قصدت ${near}؟` },
    usage: { en: help.slice(help.indexOf('Usage: ')), ar: `${USAGE}: ${usage}` },
  };
}
