import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command, Option } from 'commander';
import { buildProgram } from '../../cli/program';
import { stallKinds, stallTexts } from '../../ops/stalls';
import { remedyFor } from '../../ops/remedies';

const ROOT = resolve(__dirname, '../..');
const RUNBOOKS = join(ROOT, 'docs/runbooks');
const pages = readdirSync(RUNBOOKS).filter((name) => name.endsWith('.md') && name !== 'operators.md');
const textOf = (path: string): string => readFileSync(path, 'utf8');

const program = buildProgram({ out: () => undefined, err: () => undefined, live: false }, {});

const wordsIn = (line: string): string[] =>
  [...line.matchAll(/"[^"]*"|<[^>]*>|\S+/g)].map(([word]) => word.replace(/^"|"$/g, ''));

/** Why the program would not take this command line; undefined when it would. */
function refusedBecause(line: string): string | undefined {
  let command: Command = program;
  const args: string[] = [];
  const given = new Set<Option>();
  const words = wordsIn(line.replace(/ > \S+$/, ''));
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith('--')) {
      const option = [...command.options, ...program.options].find(({ long }) => long === word);
      if (!option) return `${command.name()} has no ${word}`;
      given.add(option);
      if (option.required && words.shift() === undefined) return `${word} needs a value`;
      continue;
    }
    const sub = command.commands.find((each) => each.name() === word);
    if (sub) command = sub;
    else if (command.commands.length > 0) return `${command.name()} has no command ${word}`;
    else args.push(word);
  }
  if (command.commands.length > 0) return `${command.name()} is a group`;
  const { registeredArguments: wanted } = command;
  if (args.length < wanted.filter(({ required }) => required).length) return `${command.name()} needs more words`;
  if (args.length > wanted.length && !wanted.at(-1)?.variadic) return `${command.name()} takes fewer words`;
  const missing = command.options.find((option) => option.mandatory && !given.has(option));
  return missing && `${command.name()} needs ${missing.long}`;
}

/** What stands in backticks or in a block, and begins with the program's name. */
const commandsIn = (text: string): string[] => [
  ...[...text.matchAll(/`(?:npx )?tajdid ([^`\n]+)`/g)].map(([, line]) => line ?? ''),
  ...[...text.matchAll(/^\s*npx tajdid ([^\n#]+)/gm)].map(([, line]) => (line ?? '').trim()),
];

test('there is a runbook for each of the ten likeliest nights, and the list names them all', () => {
  expect(pages.length).toBeGreaterThanOrEqual(10);
  const list = textOf(join(RUNBOOKS, 'operators.md'));
  for (const page of pages) expect(list).toContain(`(${page})`);
});

test.each(['operators.md', ...pages])('%s: the program has each of its commands', (page) => {
  const commands = commandsIn(textOf(join(RUNBOOKS, page)));
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.flatMap((line) => refusedBecause(line) ?? [])).toEqual([]);
});

test.each(['operators.md', ...pages])('%s: the Arabic page says the same commands and codes, step by step', (page) => {
  const [en, ar] = [textOf(join(RUNBOOKS, page)), textOf(join(RUNBOOKS, 'ar', page))];
  const steps = (text: string): string[][] =>
    text.split('\n').flatMap((line) => {
      const step = /^(\d+\.|-) /.exec(line)?.[1];
      return step === undefined
        ? []
        : [[step, ...[...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '').sort()]];
    });
  expect(steps(ar)).toEqual(steps(en));
  expect(commandsIn(ar).sort()).toEqual(commandsIn(en).sort());
  expect(ar).toMatch(/^# .*[\u0600-\u06ff]/);
});

test.each(pages)('%s: what it says that it was tried by is there', (page) => {
  const tried = /\*\*Tried by:\*\*(.*)/.exec(textOf(join(RUNBOOKS, page)))?.[1] ?? '';
  const files = [...tried.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '');
  const scripts = (JSON.parse(textOf(join(ROOT, 'package.json'))) as { scripts: Record<string, string> }).scripts;
  const runs = [...tried.matchAll(/`npm run (\w+)/g)].map(([, name]) => name ?? '');
  expect(files.length + runs.length).toBeGreaterThan(0);
  for (const path of files) expect(existsSync(join(ROOT, path))).toBe(true);
  for (const name of runs) expect(scripts).toHaveProperty(name);
});

test('the other pages and the program’s own advice name commands that it has', () => {
  const docs = [
    'README.md',
    'docs/roll-out.md',
    ...readdirSync(join(ROOT, 'docs/adr')).map((name) => `docs/adr/${name}`),
  ];
  const advice = [
    ...docs.map((path) => textOf(join(ROOT, path))),
    ...stallKinds.map((kind) => stallTexts[kind].remedy.en),
    ...(['unavailable', 'outcome-unknown', 'refused', 'defect'] as const).map(
      (kind) => remedyFor({ kind, source: 'payments', code: 'x' }).text.en,
    ),
    remedyFor({ kind: 'refused', source: 'case', code: 'kept-payment-differs' }).text.en,
  ];
  const whole = commandsIn(advice.join('\n')).filter((line) => refusedBecause(line) !== undefined);
  // A command may be named alone, without what it is about.
  expect(whole.filter((line) => !/needs (more words|--)/.test(refusedBecause(line) ?? ''))).toEqual([]);
});

test('each finding of the watch and each remedy has its page', () => {
  const everything = pages.map((page) => textOf(join(RUNBOOKS, page))).join('\n');
  for (const kind of stallKinds) expect(everything).toContain(`\`${kind}\``);
  const sources = ['card-bureau', 'documents', 'register', 'case', 'payments'] as const;
  const codes = ['print-failed-repeatedly', 'photo-missing', 'person-erased', 'postgres-57P01', 'http-503'];
  for (const source of sources)
    for (const code of codes)
      for (const kind of ['unavailable', 'outcome-unknown', 'refused', 'defect'] as const)
        expect(pages).toContain(`${remedyFor({ source, code, kind }).runbook}.md`);
});
