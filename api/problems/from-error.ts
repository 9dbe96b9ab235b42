import { CaseRefused, isSilence, WorkFailed } from '../../client/cases';
import { VersionNotAtWorkError } from '../../client/deployments';
import { OutsideFailure } from '../../domain/failures';
import type { ProblemCode } from './catalogue';
import { Problem, problemOf } from './problem';

/** What the framework's own errors mean, by the type that its body parsers give them. */
const BY_TYPE: Readonly<Record<string, ProblemCode>> = {
  'entity.parse.failed': 'malformed-json',
  'entity.verify.failed': 'malformed-request',
  'entity.too.large': 'body-too-large',
  'charset.unsupported': 'unsupported-media-type',
  'encoding.unsupported': 'unsupported-media-type',
};

/** Every failure has its problem; what is not known is our own fault and says nothing about itself. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CaseRefused) return problemOf(error.refusal);
  if (isSilence(error)) return new Problem('engine-silent');
  if (error instanceof WorkFailed) return new Problem('temporarily-unavailable');
  if (error instanceof VersionNotAtWorkError) return new Problem('version-not-at-work');
  if (error instanceof OutsideFailure) return fromOutside(error);
  if (typeof error === 'object' && error !== null) {
    const { type, status } = error as { type?: unknown; status?: unknown };
    const known = typeof type === 'string' ? BY_TYPE[type] : undefined;
    if (known) return new Problem(known);
    if (error instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500))
      return new Problem('malformed-request');
  }
  return new Problem('internal-error');
}

function fromOutside({ kind, code }: OutsideFailure): Problem {
  if (code === 'person-erased') return new Problem('person-erased');
  return new Problem(
    kind === 'unavailable' || kind === 'outcome-unknown' ? 'temporarily-unavailable' : 'internal-error',
  );
}
