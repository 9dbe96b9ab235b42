/** The ids of cases that follow from another: from its id alone, so that whoever starts one again meets the same. */

const restOf = (caseId: string): string => caseId.slice(caseId.indexOf('_') + 1);

/** The first card of a member whom this case identified. */
export const firstCardCaseId = (identification: string): string => `rnw_${restOf(identification)}-id`;

/** The new decision that this appeal brought about: a case of the type of the one that was appealed. */
export const newDecisionCaseId = (appeal: string, appealed: string): string =>
  `${appealed.slice(0, appealed.indexOf('_'))}_${restOf(appeal)}-new`;
