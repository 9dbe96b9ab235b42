/** An answer other than success; `code` is stable, `message` is for people and holds no personal data. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string = code,
  ) {
    super(message);
    this.name = 'HttpProblem';
  }
}

export const notFound = (what: string): HttpProblem =>
  new HttpProblem(404, `unknown-${what}`, `there is no such ${what}`);
export const conflict = (code: string, message: string): HttpProblem => new HttpProblem(409, code, message);
