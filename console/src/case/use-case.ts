import { get, type Case, type CaseEvent, type Evidence, type FamilyEvidence } from '../api/client';
import { useLoad, type Loaded } from '../api/hooks';
import { changesEvidence } from '../case-types';
import { eventsOf, useCaseStream, type Viewer } from './case-stream';

export interface CaseSeen {
  readonly view: Case;
  readonly events: readonly CaseEvent[];
}

/** A case with its events, as it changes; read again whenever somebody does something to it. */
export function useCase(id: string): {
  readonly seen: Loaded<CaseSeen>;
  readonly evidence: Loaded<Evidence | undefined>;
  readonly family: Loaded<FamilyEvidence | undefined>;
  readonly live: boolean;
  readonly viewers: readonly Viewer[];
} {
  const seen = useLoad(`case/${id}`, async (signal) => {
    const [view, events] = await Promise.all([get('/v1/cases/{id}', { params: { id }, signal }), eventsOf(id, signal)]);
    return { view, events };
  });
  const { data } = seen;
  const changes = data?.events.filter(({ type }) => changesEvidence(data.view.type, type)).length;
  const evidence = useLoad(
    `evidence/${id}`,
    (signal) =>
      changes === undefined ? Promise.resolve(undefined) : get('/v1/cases/{id}/evidence', { params: { id }, signal }),
    changes,
  );
  const isFamily = seen.data?.view.links.family !== undefined;
  const family = useLoad(
    `family/${id}`,
    (signal) => (isFamily ? get('/v1/cases/{id}/family', { params: { id }, signal }) : Promise.resolve(undefined)),
    isFamily ? seen.data?.view.version : undefined,
  );
  const { live, viewers } = useCaseStream(id, seen);
  return { seen, evidence, family, live, viewers };
}
