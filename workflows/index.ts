import { caseTypes } from './case-types';
import { caseWorkflow } from './run/case-run';

/** One workflow a case type, under the type's own name. */
const workflows = Object.fromEntries(caseTypes.map((type) => [type.type, caseWorkflow(type)]));

export = workflows;
