import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { DAY, HOUR, MINUTE } from '../../domain/time';
import { shortHistoryTemporal, testTemporal } from './engine';
import { startBroker } from './engine-broker';
import { personalDataIn, standsIn } from './personal-data';
import { startRenewalWorld, type FiledRenewal, type RenewalWorld } from './renewal-world';
import { caseworker, operator, otherSupervisor, portal, supervisor } from './renewals';

/**
 * Runs one renewal of each main way on the real engine and keeps its history for replay, under `test/histories`. To be run
 * only when a way is new: a history that is kept stays, so that a later change of the workflows is held against it.
 *
 *   node --require ./test/support/typescript-hook.cjs test/support/keep-history.ts [way ...]
 */
const because = { reasonRef: 'v_reason' };

async function inReview(world: RenewalWorld, expiresIn = 30): Promise<FiledRenewal> {
  const renewal = await world.file({ photo: 'doubtful', expiresIn });
  await renewal.status('IN_REVIEW');
  await renewal.act(caseworker, 'claim');
  return renewal;
}

/** Kept as its first run left it: what came after began from the log. */
const AFRESH = 'started-afresh';

const ways: Readonly<
  Record<string, { readonly ends: string; readonly go: (world: RenewalWorld) => Promise<FiledRenewal> }>
> = {
  'straight-through': { ends: 'COMPLETED', go: (world) => world.file() },
  expired: {
    ends: 'EXPIRED',
    async go(world) {
      const renewal = await world.file({ script: { payments: 'manual' } });
      await renewal.waits('payment');
      await renewal.forward(73 * HOUR);
      return renewal;
    },
  },
  returned: {
    ends: 'COMPLETED',
    async go(world) {
      const renewal = await inReview(world);
      await renewal.act(caseworker, 'return', { items: ['photo'], ...because });
      await renewal.waits('resubmission');
      await renewal.act(portal, 'resubmit', { photoRef: await world.keepPortrait(renewal.person, 'doubtful') });
      await renewal.status('IN_REVIEW');
      await renewal.act(caseworker, 'claim');
      await renewal.act(caseworker, 'approve');
      return renewal;
    },
  },
  rejected: {
    ends: 'REJECTED',
    async go(world) {
      const renewal = await inReview(world, -3);
      await renewal.act(caseworker, 'recommend-rejection', { rule: 'photo', ...because });
      await renewal.act(otherSupervisor, 'claim');
      await renewal.act(otherSupervisor, 'reject', { rule: 'photo', ...because });
      return renewal;
    },
  },
  cancelled: {
    ends: 'CANCELLED',
    async go(world) {
      const renewal = await world.file({ script: { 'card-bureau': 'manual' } });
      await renewal.status('PRINT_QUEUED');
      await renewal.act(portal, 'cancel');
      return renewal;
    },
  },
  incident: {
    ends: 'COMPLETED',
    async go(world) {
      const renewal = await world.file({ script: { down: ['card-bureau'] } });
      await renewal.status('APPROVED');
      await renewal.forward(10 * MINUTE);
      await renewal.status('INCIDENT');
      await world.control.script(renewal.id, {});
      await renewal.act(operator, 'retry', because);
      return renewal;
    },
  },
  reset: {
    ends: 'COMPLETED',
    async go(world) {
      const renewal = await world.file({ script: { 'card-bureau': 'manual' } });
      const queued = await renewal.status('PRINT_QUEUED');
      const file = queued?.file;
      const compensate = [`payment/${file?.payment.settledBy ?? ''}`, `card/${file?.card?.orderId ?? ''}`];
      await world.control.script(renewal.id, {});
      await renewal.act(operator, 'reset', { to: 'validate', compensate, ...because });
      return renewal;
    },
  },
  'died-during-reset': {
    ends: 'CANCELLED',
    async go(world) {
      const renewal = await world.file({ script: { 'card-bureau': 'manual' } });
      const file = (await renewal.status('PRINT_QUEUED'))?.file;
      const compensate = [`payment/${file?.payment.settledBy ?? ''}`, `card/${file?.card?.orderId ?? ''}`];
      await world.control.script(renewal.id, { down: ['card-bureau'] });
      await renewal.act(operator, 'reset', { to: 'validate', compensate, ...because });
      await renewal.forward(10 * MINUTE);
      await renewal.status('INCIDENT');
      await renewal.tell({ type: 'register.person-died', id: 'register/died', by: 'fam_1' });
      await world.control.script(renewal.id, {});
      await renewal.act(operator, 'retry', because);
      return renewal;
    },
  },
  uncollected: {
    ends: 'CLOSED_UNCOLLECTED',
    async go(world) {
      const renewal = await world.file({ script: { delivery: 'fail', pickup: 'leave' } });
      await renewal.waits('pickup');
      await renewal.forward(91 * DAY);
      return renewal;
    },
  },
  hold: {
    ends: 'COMPLETED',
    async go(world) {
      const renewal = await world.file({ script: { payments: 'manual' } });
      await renewal.waits('payment');
      await renewal.act(supervisor, 'hold', because);
      await world.control.step('payments', 'capture', renewal.id);
      await renewal.forward(DAY);
      await renewal.act(supervisor, 'resume', because);
      return renewal;
    },
  },
  [AFRESH]: {
    ends: 'COMPLETED',
    async go(world) {
      const renewal = await world.file({ script: { payments: 'manual' } });
      await renewal.waits('payment');
      await renewal.act(supervisor, 'hold', because);
      await world.control.step('payments', 'capture', renewal.id);
      const runId = (): Promise<string> => renewal.handle.describe().then((run) => run.runId);
      const first = await runId();
      for (let n = 0; (await runId()) === first; n++)
        await renewal.tell({ type: 'parcel.delivered', id: `strange-${n}`, parcelId: `strange-${n}` });
      await renewal.act(supervisor, 'resume', because);
      return renewal;
    },
  },
  'resumed-from-log': {
    ends: 'COMPLETED',
    async go(world) {
      const renewal = await inReview(world);
      await renewal.handle.terminate('lost');
      await renewal.act(caseworker, 'approve');
      return renewal;
    },
  },
};

async function firstRun({ client }: RenewalWorld, caseId: string) {
  const { raw } = await client.workflow.getHandle(caseId).describe();
  const runId = raw.workflowExecutionInfo?.firstRunId ?? '';
  return client.workflow.getHandle(caseId, runId).fetchHistory();
}

async function keep(world: RenewalWorld, way: string): Promise<void> {
  const known = ways[way];
  if (!known) throw new RangeError(`there is no way "${way}": ${Object.keys(ways).join(', ')}`);
  const renewal = await known.go(world);
  const outcome = await renewal.outcome();
  if (outcome !== known.ends) throw new Error(`${way} ended as ${outcome}`);
  const history = await (way === AFRESH ? firstRun(world, renewal.id) : renewal.handle.fetchHistory());
  // Which machine it ran on, and where there, is nobody's business.
  const json = historyToJSON(history)
    .replaceAll(`${process.pid}@${hostname()}`, 'kept')
    .replaceAll(`${join(__dirname, '../..')}/`, '');
  const revealed = personalDataIn(json, renewal.applicant);
  if (revealed.length > 0 || !standsIn(json, renewal.id))
    throw new Error(`${way}: personal data stands in the history, or it cannot be read`);
  await writeFile(join(__dirname, `../histories/id-renewal.${way}.json`), `${json}\n`);
  process.stdout.write(`${way}: ${outcome}\n`);
}

async function main(asked: readonly string[]): Promise<void> {
  const broker = await startBroker();
  process.env.TAJDID_TEST_ENGINE = broker.url;
  try {
    const wanted = asked.length > 0 ? asked : Object.keys(ways);
    for (const temporal of [testTemporal, shortHistoryTemporal]) {
      const here = wanted.filter((way) => (way === AFRESH) === (temporal === shortHistoryTemporal));
      if (here.length === 0) continue;
      const world = await startRenewalWorld(temporal);
      try {
        for (const way of here) await keep(world, way);
      } finally {
        await world.stop();
      }
    }
  } finally {
    await broker.stop();
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
