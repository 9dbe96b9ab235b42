import { ours, type Sourced } from './sourced';

/** What a visitor's border number looks like, as a regular expression of the whole number. A deployment may say another. */
export const borderNumberPattern: Sourced<string> = {
  value: '[3-9][0-9]{9}',
  source: ours('its structure is published nowhere; ten digits that no identity number begins with, without a check'),
};

export const wholly = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
