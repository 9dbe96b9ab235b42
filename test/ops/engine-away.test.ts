import { createServer as createHttp2Server } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { problemFrom } from '../../api/problems/from-error';
import { whyInWords } from '../../cli/case-words';
import { asked, EngineSilent, WorkFailed } from '../../client/cases';
import { connectEngine } from '../../client/connect';
import { createDeployments } from '../../client/deployments';
import { createEngineOperations, type EngineOperations } from '../../client/operations';
import { examine } from '../../ops/doctor';
import { explainCase } from '../../ops/explain';
import { inPrint } from '../support/renewals';
import { listening } from '../support/listening';

/** An engine that takes every connection and never says a word. */
let hung: Server;
const taken = new Set<Socket>();
let connection: Connection;
let address: string;
let engine: EngineOperations;
beforeAll(async () => {
  hung = createServer((socket) => void taken.add(socket.on('error', () => undefined)));
  address = `127.0.0.1:${(await listening(hung)).port}`;
  connection = Connection.lazy({ address });
  engine = createEngineOperations(new Client({ connection }), 'nowhere', { patience: 500 });
});
afterAll(async () => {
  for (const socket of taken) socket.destroy();
  hung.close();
  await connection.close();
});

test('an engine that hangs keeps nobody waiting for long, whatever it is asked', async () => {
  const deployments = createDeployments(new Client({ connection }), 100, 500);
  const version = { deploymentName: 'tajdid', buildId: 'one' };
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    view: () => engine.view('rnw_any'),
    fileOf: () => engine.fileOf('rnw_any'),
    wake: () => engine.wake('rnw_any'),
    restart: () => engine.restart('rnw_any'),
    startRetry: () => engine.startRetry({ operation: 'op_any', perSecond: 1, stopped: false }),
    health: () => engine.health(),
    countOpen: () => engine.countOpen(),
    countPinned: () => engine.countPinned('one'),
    openCases: () => engine.openCases(1),
    runsBeside: () => engine.runsBeside(1),
    history: () => engine.history('rnw_any'),
    scanNow: () => engine.scanNow(),
    ledgersOf: () => engine.ledgersOf('rnw_any'),
    stallScanScheduled: () => engine.stallScanScheduled(),
    scheduleStallScan: () => engine.scheduleStallScan(5),
    describe: () => deployments.describe('tajdid'),
    promote: () => deployments.promote(version),
    ramp: () => deployments.ramp(version, 10),
    connect: () => connectEngine({ address }, 'default', { taskQueue: 'nowhere' }, 500),
  };
  const became = await Promise.all(
    Object.entries(questions).map(async ([what, ask]) => [what, await ask().catch((error: unknown) => error)] as const),
  );
  expect(became.filter(([, error]) => !(error instanceof EngineSilent))).toEqual([]);
  expect(problemFrom(became[0]?.[1]).code).toBe('engine-silent');
});

test('what the engine itself throws is not a defect of ours', async () => {
  const error: unknown = await connection
    .withDeadline(Date.now() + 200, () => new Client({ connection }).workflow.getHandle('rnw_any').describe())
    .catch((thrown: unknown) => thrown);
  expect(problemFrom(error).code).toBe('engine-silent');
});

test('an engine that refuses a key says so, and is not said to be silent', async () => {
  const server = createHttp2Server().on('stream', (stream) =>
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16', 'grpc-message': 'no such key' },
      { endStream: true },
    ),
  );
  const { port } = await listening(server);
  try {
    const keyed = { address: `127.0.0.1:${port}`, apiKey: 'mistyped', tls: false };
    const named = expect.stringContaining('TEMPORAL_API_KEY') as string;
    await expect(connectEngine(keyed, 'default', { taskQueue: 'nowhere' }, 2_000)).rejects.toMatchObject({
      name: 'EngineSilent',
      said: { en: named, ar: named },
    });
  } finally {
    server.close();
  }
});

test('what a worker was asked for and failed at says why, and quotes no mistake of ours', async () => {
  const failed = async (cause: Error): Promise<unknown> =>
    asked(new Client({ connection }), () =>
      Promise.reject(new WorkflowFailedError('Workflow execution failed', cause, 'MAXIMUM_ATTEMPTS_REACHED')),
    ).catch((error: unknown) => error);
  const outside = ApplicationFailure.retryable('The case log cannot be reached.', 'OutsideFailure');
  const wrapped = new ActivityFailure('failed', 'lookUpLedgers', '1', 'MAXIMUM_ATTEMPTS_REACHED', 'w', outside);
  const error = await failed(wrapped);
  expect(error).toBeInstanceOf(WorkFailed);
  expect((error as WorkFailed).message).toBe('A worker could not do it. The case log cannot be reached.');
  expect(problemFrom(error).code).toBe('temporarily-unavailable');
  const ours = await failed(ApplicationFailure.retryable('Layla cannot be read', 'TypeError'));
  expect((ours as WorkFailed).message).toBe('A worker could not do it. (TypeError)');
  const late = await failed(new TimeoutFailure('activity timed out', undefined, 'START_TO_CLOSE'));
  expect((late as WorkFailed).message).toBe('A worker could not do it. (TimeoutFailure)');
});

test('a case is explained without the engine: everything else is in the database', async () => {
  const { file, log } = inPrint();
  const summary = { type: 'id-renewal', status: 'PRINT_QUEUED', version: file.version, office: 'riyadh-1' };
  const ports = {
    readModel: { caseById: () => Promise.resolve({ summary: { ...summary, policyVersion: 'p' } as never, file }) },
    log: { eventsAfter: () => Promise.resolve(log) },
    stalls: { ofCase: () => Promise.resolve([]) },
  };
  const explained = await explainCase({ ...ports, view: engine.view }, 'rnw_any');
  expect(explained).toMatchObject({ status: 'PRINT_QUEUED', engine: 'silent' });
  expect(explained?.effects.length).toBeGreaterThan(0);
  expect(whyInWords(explained!, 'en').join('\n')).toContain('Engine: it does not answer.');
  expect(whyInWords(explained!, 'ar').join('\n')).toContain('المحرك: لا يجيب.');
  const unknown = await explainCase({ ...ports, view: () => Promise.resolve(null) }, 'rnw_any');
  expect(unknown?.engine).toBeNull();
});

test('a check of the doctor that hangs is wrong in time, and holds no other one up', async () => {
  const never = new Promise<never>(() => undefined);
  const findings = await examine({
    vitals: { clock: () => never, server: () => never, migrations: () => never } as never,
    engine: () => never,
    vault: {} as never,
    stalls: {} as never,
    signIn: () => never,
    deployed: () => never,
    production: true,
    now: Date.now,
    patience: 50,
  });
  expect(findings.find(({ check }) => check === 'engine')).toMatchObject({
    state: 'wrong',
    says: { en: 'no answer in time', ar: 'لا جواب في الوقت المتاح' },
  });
  expect(findings.find(({ check }) => check === 'holidays')).toBeDefined();
});
