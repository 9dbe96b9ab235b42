/** The whole id of a case, as it stands in addresses. */
export const WHOLE_ID = /^[A-Za-z]{2,8}_[A-Za-z0-9-]+$/;

/** Ten digits are somebody's, and no case's: they are not to stand in an address. */
export const IDENTITY_NUMBER = /^\d{10}$/;
