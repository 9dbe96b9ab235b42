import type { Database } from '../postgres/database';
import {
  itemStates,
  type IncidentFilter,
  type IncidentGroup,
  type ItemState,
  type OpenIncident,
  type Operation,
  type OperationItem,
  type Operations,
  type UnendedOperation,
} from './port';

const COLUMNS = {
  source: 'incident_source',
  code: 'incident_code',
  type: 'type',
  step: "file #>> '{incident,step}'",
  office: 'office',
} as const;

interface Where {
  readonly values: unknown[];
  /** `?` stands for the value; nothing from outside ever becomes SQL text. */
  add(condition: string, value?: unknown): void;
  text(): string;
}

function where(): Where {
  const all: string[] = [];
  const values: unknown[] = [];
  return {
    values,
    add(condition, value) {
      if (value !== undefined) values.push(value);
      all.push(condition.replaceAll('?', `$${values.length}`));
    },
    text: () => `WHERE ${all.join(' AND ')}`,
  };
}

function scoped(filter: IncidentFilter): Where {
  const to = where();
  to.add('has_incident');
  for (const [name, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, string][]) {
    if (filter[name] !== undefined) to.add(`${column} = ?`, filter[name]);
  }
  if (filter.cases !== undefined) to.add('case_id = ANY (?)', [...filter.cases]);
  if (filter.idle) to.add("NOT (file #>> '{incident,retrying}')::boolean");
  return to;
}

const GROUPS = (
  matching: string,
): string => `SELECT incident_source AS source, incident_code AS code, file #>> '{incident,kind}' AS kind,
    count(*) AS cases, count(*) FILTER (WHERE (file #>> '{incident,retrying}')::boolean) AS retrying,
    min(file #>> '{incident,since}') AS since, max(file #>> '{incident,last}') AS last,
    array_agg(DISTINCT type) AS types, array_agg(DISTINCT file #>> '{incident,step}') AS steps,
    min(case_id) AS example, min(file #>> '{incident,message}') AS message
  FROM cases ${matching} GROUP BY 1, 2, 3 ORDER BY cases DESC, source, code`;

const PLAN = (matching: string, first: number): string => `WITH listed AS (
    SELECT case_id, version, file #>> '{incident,step}' AS step, incident_source, incident_code FROM cases ${matching})
  INSERT INTO operation_items (operation, case_id, place, version, step, source, code)
  SELECT $${first}, case_id, row_number() OVER (ORDER BY case_id), version, step, incident_source, incident_code FROM listed`;

const ITEM = `case_id AS "caseId", version, step, source, code, state, asked_at AS "askedAt", ended_at AS "endedAt",
    CASE WHEN detail IS NOT NULL THEN json_build_object('en', detail, 'ar', coalesce(detail_ar, detail)) END AS detail`;

const OPERATION = `SELECT id, kind, actor, reason_ref AS "reasonRef", scope, per_second AS "perSecond", created_at AS "createdAt",
    started_at AS "startedAt", ended_at AS "endedAt",
    (SELECT coalesce(json_object_agg(state, n), '{}') FROM (SELECT state, count(*) AS n FROM operation_items WHERE operation = o.id GROUP BY 1) AS s) AS counts,
    (SELECT coalesce(json_agg(json_build_object('what', what, 'actor', actor, 'reasonRef', reason_ref, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY seq), '[]')
       FROM operation_acts WHERE operation = o.id) AS acts
  FROM operations o`;

type OperationRow = Omit<Operation, 'counts'> & { readonly counts: Partial<Record<ItemState, number>> };

const operationOf = ({ counts, ...row }: OperationRow): Operation => ({
  ...row,
  counts: Object.fromEntries(itemStates.map((state) => [state, counts[state] ?? 0])) as Record<ItemState, number>,
});

export function createOperations(database: Database): Operations {
  const db = database.from('case');
  return {
    async incidentGroups(filter) {
      const scope = scoped(filter);
      return db.query<IncidentGroup>({ text: GROUPS(scope.text()), values: scope.values });
    },
    async incidents(filter, { after, limit }) {
      const scope = scoped(filter);
      if (after !== undefined) scope.add('case_id > ?', after);
      const text = `SELECT case_id AS "caseId", type, stage, office, version, file -> 'incident' AS incident FROM cases ${scope.text()} ORDER BY case_id LIMIT ${Math.trunc(limit)}`;
      return db.query<OpenIncident>({ text, values: scope.values });
    },
    plan: ({ id, actor, reasonRef, scope, perSecond }) =>
      db.transaction(async (session) => {
        const made = await session.query({
          text: `INSERT INTO operations (id, kind, actor, reason_ref, scope, per_second) VALUES ($1, 'verified-retry', $2, $3, $4, $5)
            ON CONFLICT (id) DO NOTHING RETURNING 1`,
          values: [id, JSON.stringify(actor), reasonRef ?? null, JSON.stringify(scope), perSecond],
        });
        if (made.length > 0) {
          const listed = scoped({ ...scope, idle: true });
          await session.query({ text: PLAN(listed.text(), listed.values.length + 1), values: [...listed.values, id] });
        }
        const [row] = await session.query<{ cases: number }>({
          text: 'SELECT count(*) AS cases FROM operation_items WHERE operation = $1',
          values: [id],
        });
        const cases = row?.cases ?? 0;
        if (made.length > 0 && cases === 0)
          await session.query({ text: 'DELETE FROM operations WHERE id = $1', values: [id] });
        return { cases };
      }),
    async find(id) {
      const [row] = await db.query<OperationRow>({ text: `${OPERATION} WHERE id = $1`, values: [id] });
      return row ? operationOf(row) : null;
    },
    async recent(limit) {
      const rows = await db.query<OperationRow>({
        text: `${OPERATION} ORDER BY created_at DESC, id LIMIT $1`,
        values: [limit],
      });
      return rows.map(operationOf);
    },
    unended: (before, limit) =>
      db.query<UnendedOperation>({
        text: `SELECT id, per_second AS "perSecond",
            coalesce((SELECT what = 'stopped' FROM operation_acts
              WHERE operation = o.id AND what IN ('stopped', 'resumed') ORDER BY seq DESC LIMIT 1), false) AS stopped,
            EXISTS (SELECT FROM operation_acts WHERE operation = o.id AND what = 'cancelled') AS cancelled
          FROM operations o WHERE ended_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2`,
        values: [before, limit],
      }),
    items(id, { state, after, limit }) {
      const scope = where();
      scope.add('operation = ?', id);
      if (state !== undefined) scope.add('state = ?', state);
      if (after !== undefined) scope.add('case_id > ?', after);
      return db.query<OperationItem>({
        text: `SELECT ${ITEM} FROM operation_items ${scope.text()} ORDER BY case_id LIMIT ${Math.trunc(limit)}`,
        values: scope.values,
      });
    },
    itemsIn: (id, state, limit) =>
      db.query<OperationItem>({
        text: `SELECT ${ITEM} FROM operation_items WHERE operation = $1 AND state = $2 ORDER BY place LIMIT $3`,
        values: [id, state, limit],
      }),
    async record(id, results, at) {
      if (results.length === 0) return;
      await db.query({
        text: `UPDATE operation_items AS i SET state = r.state, detail = r.detail ->> 'en', detail_ar = r.detail ->> 'ar',
            asked_at = CASE WHEN r.state = 'asked' THEN $2 ELSE asked_at END, ended_at = CASE WHEN r.state IN ('asked', 'waiting') THEN NULL ELSE $2::timestamptz END
          FROM jsonb_to_recordset($3) AS r ("caseId" text, state text, detail jsonb) WHERE i.operation = $1 AND i.case_id = r."caseId"`,
        values: [id, at, JSON.stringify(results)],
      });
    },
    async cancelWaiting(id, at) {
      await db.query({
        text: `UPDATE operation_items SET state = 'cancelled', ended_at = $2 WHERE operation = $1 AND state = 'waiting'`,
        values: [id, at],
      });
    },
    act: (id, { what, actor, at, reasonRef, key }) =>
      db.transaction(async (session) => {
        if (what === 'started' || what === 'ended')
          await session.query({
            text: `UPDATE operations SET ${what}_at = coalesce(${what}_at, $2) WHERE id = $1`,
            values: [id, at],
          });
        // Told again by a retry, a start and an end stay one, however the retry is told.
        const once = what === 'started' || what === 'ended' ? what : (key ?? null);
        await session.query({
          text: `INSERT INTO operation_acts (operation, what, actor, at, reason_ref, key) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (operation, key) WHERE key IS NOT NULL DO NOTHING`,
          values: [id, what, JSON.stringify(actor), at, reasonRef ?? null, once],
        });
      }),
  };
}
