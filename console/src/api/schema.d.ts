/** Made from the API by `npm run console:types`. */

/** OneOf type helpers */
type Without<T, U> = { [P in Exclude<keyof T, keyof U>]?: never };
type XOR<T, U> = (T | U) extends object ? (Without<T, U> & U) | (Without<U, T> & T) : T | U;
type OneOf<T extends unknown[]> = T extends [infer Only] ? Only : T extends [infer A, infer B, ...infer Rest] ? OneOf<[XOR<A, B>, ...Rest]> : never;

export interface paths {
  "/v1/verifications": {
    /**
     * Whether an identity document is valid today
     * @description The identity card of a citizen or a resident, or the visa of a visitor. For the document with this serial, or the one that the person has now. What does not fit together is `unknown`, whichever part of it is wrong. After wrong guesses about one person a client gets no answer about them for a while, right or wrong; after 5000 in an hour, whomever they are about, none about anybody until the next.
     */
    post: operations["verifyDocument"];
  };
  "/.well-known/jwks.json": {
    /** The public keys that signed answers are checked by */
    get: operations["signingKeys"];
  };
  "/.well-known/jwt-vc-issuer": {
    /** Who issues the credentials, and where the keys are */
    get: operations["credentialIssuer"];
  };
  "/v1/people/record": {
    /**
     * A person's own record: My Data, and Enhanced My Data with `detail`
     * @description As JSON, or as a PDF where `Accept` asks for application/pdf. The read itself is on record, before it is answered.
     */
    post: operations["readRecord"];
  };
  "/v1/people/record/accesses": {
    /**
     * Who has looked at or received a person's data, the latest first
     * @description From where a record, or a page of this list, left off. The same by the same on one day is one line. The read itself is on record, and is no transaction.
     */
    post: operations["listAccesses"];
  };
  "/v1/people/renewal-cost": {
    /**
     * What the renewal of a card costs today, and once it has expired
     * @description Nothing is filed. A photo that is not usable and another open renewal show only with a filing. The question itself is on record, before it is answered, and is no transaction.
     */
    post: operations["askRenewalCost"];
  };
  "/v1/people/preferences": {
    /**
     * What a person wants to be told
     * @description What was chosen stands in `contact` of the record.
     */
    post: operations["setPreferences"];
  };
  "/v1/people/cards/lost": {
    /**
     * Report a card lost
     * @description From that moment on a verification answers `reported-lost`, for good, and the holder is told. The same card again is answered as the first time: the first report stands. A new card is asked for by a renewal.
     */
    post: operations["reportCardLost"];
  };
  "/v1/cases/{id}/satisfaction": {
    /**
     * How satisfied the applicant was, once, after the case has closed
     * @description The same answer again is answered as the first time; another one is refused.
     */
    post: operations["giveSatisfaction"];
  };
  "/v1/statistics/statement": {
    /**
     * The statement of a month, compared with the month before
     * @description A fold of the logs: asked again, a month that is over gives the same answer. As JSON, as CSV (text/csv) or as a page (application/pdf).
     */
    get: operations["getStatement"];
  };
  "/v1/verifications/bulk": {
    /**
     * Verify a file of identity documents
     * @description Up to 10000 lines: CSV with a header of `identity_number`, `birth_date` or `card_serial`, and perhaps `reference`; or JSON `{"lines": [{"identityNumber", "birthDate" | "cardSerial", "reference"?}]}`. UTF-8. A bad line is refused for itself and the rest is done. Where a client's files are wrong about more than 4000 lines in an hour, the rest of the file waits for the next. The file and its result are kept for thirty days.
     */
    post: operations["verifyInBulk"];
  };
  "/v1/verifications/bulk/{id}": {
    /** How far a file has come */
    get: operations["getBulkVerification"];
  };
  "/v1/verifications/bulk/{id}/result": {
    /**
     * The answers to a file
     * @description As JSON or as CSV (text/csv), in which a cell that a spreadsheet would take for a formula is made a text. Each answer is signed by itself, as that to a single question is, and holds until the end of the day on which it was checked; lines without a verdict have none.
     */
    get: operations["getBulkResult"];
  };
  "/v1/official-bodies": {
    /** The official bodies that a person can share data with */
    get: operations["listOfficialBodies"];
  };
  "/v1/people/shares": {
    /**
     * Let an official body read chosen fields for a purpose and a time
     * @description The person is told, now and at each fetch. The same key again meets the same share, as long as it stands.
     */
    post: operations["grantShare"];
  };
  "/v1/people/shares/{id}/revoke": {
    /** Revoke a share at once */
    post: operations["revokeShare"];
  };
  "/v1/people/shares/list": {
    /**
     * What a person shares and has shared, the latest first
     * @description With what each was for, what it is now, and where it is revoked.
     */
    post: operations["listOwnShares"];
  };
  "/v1/shares": {
    /** The receipts of what people shared with you, the latest first */
    get: operations["listShares"];
  };
  "/v1/shares/{id}": {
    /**
     * What a person shared with you
     * @description For the body that it was shared with, by its own token. Each fetch is on record and told to the person; where it holds the family, it is on record for each living relative too. The portal through which it was granted reads what the share is now, without the data.
     */
    get: operations["fetchShare"];
  };
  "/v1/shares/{id}/status": {
    /** Whether a share still stands, for whoever was shown its credential */
    get: operations["shareStatus"];
  };
  "/v1/cases": {
    /** Cases by filters */
    get: operations["listCases"];
    /**
     * File a case
     * @description Answers once the filing is decided: as far as the first wait, or refused by a rule, which is an answer too (`refusedBy`). The same client, key and body get the same answer, byte for byte.
     */
    post: operations["fileCase"];
  };
  "/v1/webhooks/payments": {
    /**
     * What payments tells us
     * @description Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.
     */
    post: operations["receivePaymentsWebhook"];
  };
  "/v1/webhooks/card-bureau": {
    /**
     * What card-bureau tells us
     * @description Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.
     */
    post: operations["receiveCardBureauWebhook"];
  };
  "/v1/webhooks/courier": {
    /**
     * What courier tells us
     * @description Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.
     */
    post: operations["receiveCourierWebhook"];
  };
  "/v1/documents": {
    /**
     * Upload a portrait
     * @description JPEG or PNG, up to 8 MB. The same bytes for the same person give the same documentRef. The picture alone is kept, without what its camera wrote beside it.
     */
    post: operations["uploadDocument"];
  };
  "/v1/certificates/verification": {
    /**
     * Whether a certificate still holds, for whoever was shown it
     * @description For everybody, without a token. The code is what the QR code on the paper says. A certificate of an event holds until its entry is corrected or revoked; a family record holds on its day.
     */
    post: operations["verifyCertificate"];
  };
  "/v1/certificates/{serial}": {
    /**
     * The certificate of a registered family event
     * @description As JSON, or as a PDF in Arabic and English where `Accept` asks for application/pdf. A portal names in `Identity-Number` for whom it asks: a party to the event or its reporter; for anybody else there is no such certificate. Staff see those of their office.
     */
    get: operations["getCertificate"];
  };
  "/v1/people/family-record": {
    /**
     * A person's family record as it stands today
     * @description The person, the wives of the day and the children, folded from the entries of the register; as JSON, or as a PDF in Arabic and English where `Accept` asks for application/pdf. The read itself is on record, before it is answered.
     */
    post: operations["readFamilyRecord"];
  };
  "/v1/cases/{id}": {
    /** A case: its status, what it waits for, and what you may do */
    get: operations["getCase"];
  };
  "/v1/cases/{id}/events": {
    /** What happened in a case, in order */
    get: operations["listCaseEvents"];
  };
  "/v1/work-queue": {
    /** Open cases that wait for you or your colleagues, the nearest deadline first */
    get: operations["listWork"];
  };
  "/v1/cases/{id}/stream": {
    /**
     * The events of a case as they happen, as server-sent events
     * @description Starts with the first event, or after the one named by Last-Event-ID. Each has the version as its id and a CaseEvent as its data. When the case closes, `closed` is sent and the stream ends; coming back to a closed case of which everything was sent is answered with 204, which tells an EventSource to stop. Staff hear `viewers` too: who of their colleagues has the case open. The stream ends with the token that it was asked for with: come back with another.
     */
    get: operations["streamCase"];
  };
  "/v1/cases/{id}/evidence": {
    /**
     * What a decision rests on: the person, the card, the photo and what was measured on it
     * @description Personal data: for the staff who decide, and for auditors.
     */
    get: operations["getEvidence"];
  };
  "/v1/cases/{id}/photo": {
    /** The portrait of a case, or of the card before */
    get: operations["getPhoto"];
  };
  "/v1/cases/{id}/reasons/{reason}": {
    /**
     * What was said: the reason of a decision, or a note between colleagues
     * @description `reason` is the last part of the `reasonRef` of an event or a decision.
     */
    get: operations["getReason"];
  };
  "/v1/cases/{id}/card": {
    /**
     * The card of a case, drawn: both sides as a PDF, or one as a picture
     * @description What the card bureau lays out from the record it was sent, at its true size: 85.6 x 53.98 mm, pictures at 300 dots an inch. Personal data: for the staff who decide, and for auditors.
     */
    get: operations["getCard"];
  };
  "/v1/cases/{id}/family": {
    /**
     * Who is who in a family case: the people, their kin, and what could be the same event
     * @description Personal data: for the staff who decide, and for auditors.
     */
    get: operations["getFamilyEvidence"];
  };
  "/v1/work-queue/stream": {
    /**
     * Which cases change, as it happens, as server-sent events
     * @description `case-changed` names a case with its version, status and office; `gap` says that some were missed and the queue has to be read again. The stream ends with the token that it was asked for with: come back with another.
     */
    get: operations["streamWork"];
  };
  "/v1/staff": {
    /**
     * Your colleagues: whoever of the agency has signed in, by name
     * @description Of your office and the central staff; of every office for central staff and operators.
     */
    get: operations["listStaff"];
  };
  "/v1/statistics": {
    /** Cases filed and completed in a period, how long cards took, and where the waiting happened */
    get: operations["getStatistics"];
  };
  "/v1/work-queue/load": {
    /** Who has how many open cases in hand */
    get: operations["getLoad"];
  };
  "/v1/ops/incidents": {
    /** Incidents by cause, the largest group first, each with its remedy */
    get: operations["listIncidents"];
  };
  "/v1/ops/incident-cases": {
    /** The cases of a group, one by one */
    get: operations["listIncidentCases"];
  };
  "/v1/ops/cases/{id}": {
    /** Why a case stands where it stands: incident, remedy, effects, what can be repaired, and the steps it can go back to */
    get: operations["explainCase"];
  };
  "/v1/ops/cases/{id}/restart": {
    /** End the run of a case that does not fit the code, and begin another one from its log */
    post: operations["restartCase"];
  };
  "/v1/ops/cases/{id}/ledgers": {
    /** What a case’s log says it has made, beside what the outside says */
    get: operations["compareLedgers"];
  };
  "/v1/ops/retry-preview": {
    /** What a retry of this scope would be about; nothing is done */
    post: operations["previewRetry"];
  };
  "/v1/ops/retries": {
    /** Retries, the newest first */
    get: operations["listRetries"];
    /** Retry incidents, so many a second; each is done only when its case has moved past the step */
    post: operations["startRetry"];
  };
  "/v1/ops/retries/{id}": {
    /** How far a retry has come */
    get: operations["getRetry"];
  };
  "/v1/ops/retries/{id}/items": {
    /** What became of each case */
    get: operations["listRetryItems"];
  };
  "/v1/ops/retries/{id}/stop": {
    /** Stop a retry: what was not asked yet stays as it is */
    post: operations["stopRetry"];
  };
  "/v1/ops/retries/{id}/resume": {
    /** Go on with a stopped retry */
    post: operations["resumeRetry"];
  };
  "/v1/ops/retries/{id}/cancel": {
    /** End a retry: what was not asked yet never will be */
    post: operations["cancelRetry"];
  };
  "/v1/ops/stalls": {
    /** Waits that have gone silent, each with its remedy */
    get: operations["listStalls"];
  };
  "/v1/ops/stall-scans": {
    /** Look for stalls now, and wake what can be woken */
    post: operations["scanStalls"];
  };
  "/v1/ops/doctor": {
    /** Engine, database, clocks, versions, keys and webhooks, as the API sees them: is everything well? */
    get: operations["examine"];
  };
  "/v1/ops/acts": {
    /** What operators did to the system as a whole, the newest first, each with who and why */
    get: operations["listOperatorActs"];
  };
  "/v1/ops/repairs": {
    /** Repairs that wait for a second person */
    get: operations["listProposedRepairs"];
  };
  "/v1/ops/versions": {
    /** Worker versions and policy versions with the open cases of each, and the workers that ask for work */
    get: operations["listVersions"];
  };
  "/v1/ops/promotions": {
    /**
     * Make a worker version the current one; with the version before, a rollback
     * @description New cases begin on it, and waiting ones move to it with their next step. Nothing changes unless its workers ask for work on every queue. Check it with `tajdid release` first.
     */
    post: operations["promoteVersion"];
  };
  "/v1/ops/ramps": {
    /** Let a share of new cases begin on a worker version first */
    post: operations["rampVersion"];
  };
  "/v1/ops/case-versions": {
    /** Open cases, each with the code and the policy version that it runs */
    get: operations["listCaseVersions"];
  };
  "/v1/ops/cases/{id}/audit": {
    /** Walks the hash chain of a case */
    get: operations["auditCase"];
  };
  "/v1/ops/audit": {
    /**
     * Walks the hash chains of the whole log, a part at a time
     * @description Each answer is about one part and names the next; the audit is over when `next` is null. Left off, it can be gone on with later and elsewhere.
     */
    get: operations["auditLog"];
  };
  "/v1/ops/head-checks": {
    /**
     * Holds the log against a signed head that was exported before
     * @description Every event up to the head is read once. Lines of JSON: how far it is, and last of all the verdict; without a verdict the check was not finished. Heads are signed on the command line alone, because the key that signs belongs where nobody of this database can read it.
     */
    post: operations["checkHead"];
  };
  "/v1/cases/{id}/actions/{action}/preview": {
    /**
     * What the applicant would get, if this were done now
     * @description Takes what the action takes, a reason not needed. Nothing is done and nothing is sent.
     */
    post: operations["previewAction"];
  };
  "/v1/cases/{id}/actions/claim": {
    /**
     * Claim
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["claimCase"];
  };
  "/v1/cases/{id}/actions/release": {
    /**
     * Release
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["releaseCase"];
  };
  "/v1/cases/{id}/actions/approve": {
    /**
     * Approve
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["approveCase"];
  };
  "/v1/cases/{id}/actions/return": {
    /**
     * Return
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["returnCase"];
  };
  "/v1/cases/{id}/actions/recommend-rejection": {
    /**
     * Recommend rejection
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["recommendRejectionCase"];
  };
  "/v1/cases/{id}/actions/escalate": {
    /**
     * Escalate
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["escalateCase"];
  };
  "/v1/cases/{id}/actions/reject": {
    /**
     * Reject
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["rejectCase"];
  };
  "/v1/cases/{id}/actions/reassign": {
    /**
     * Reassign
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["reassignCase"];
  };
  "/v1/cases/{id}/actions/resubmit": {
    /**
     * Resubmit
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["resubmitCase"];
  };
  "/v1/cases/{id}/actions/cancel": {
    /**
     * Cancel
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["cancelCase"];
  };
  "/v1/cases/{id}/actions/hand-over": {
    /**
     * Hand over
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["handOverCase"];
  };
  "/v1/cases/{id}/actions/hold": {
    /**
     * Hold
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["holdCase"];
  };
  "/v1/cases/{id}/actions/resume": {
    /**
     * Resume
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["resumeCase"];
  };
  "/v1/cases/{id}/actions/retry": {
    /**
     * Retry
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["retryCase"];
  };
  "/v1/cases/{id}/actions/note": {
    /**
     * Note
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["noteCase"];
  };
  "/v1/cases/{id}/actions/repair": {
    /**
     * Repair
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["repairCase"];
  };
  "/v1/cases/{id}/actions/confirm-repair": {
    /**
     * Confirm repair
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["confirmRepairCase"];
  };
  "/v1/cases/{id}/actions/decline-repair": {
    /**
     * Decline repair
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["declineRepairCase"];
  };
  "/v1/cases/{id}/actions/reset": {
    /**
     * Reset
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["resetCase"];
  };
  "/v1/cases/{id}/actions/refer-to-committee": {
    /**
     * Refer to committee
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["referToCommitteeCase"];
  };
  "/v1/cases/{id}/actions/vote": {
    /**
     * Vote
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["voteCase"];
  };
  "/v1/cases/{id}/actions/accept-notice": {
    /**
     * Accept notice
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["acceptNoticeCase"];
  };
  "/v1/cases/{id}/actions/reject-notice": {
    /**
     * Reject notice
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["rejectNoticeCase"];
  };
  "/v1/cases/{id}/actions/same-event": {
    /**
     * Same event
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["sameEventCase"];
  };
  "/v1/cases/{id}/actions/distinct-event": {
    /**
     * Distinct event
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["distinctEventCase"];
  };
  "/v1/cases/{id}/actions/consent": {
    /**
     * Consent
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["consentCase"];
  };
  "/v1/cases/{id}/actions/refuse-consent": {
    /**
     * Refuse consent
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["refuseConsentCase"];
  };
  "/v1/cases/{id}/actions/withdraw-consent": {
    /**
     * Withdraw consent
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["withdrawConsentCase"];
  };
  "/v1/cases/{id}/actions/uphold": {
    /**
     * Uphold
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["upholdCase"];
  };
  "/v1/cases/{id}/actions/allow": {
    /**
     * Allow
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["allowCase"];
  };
  "/v1/cases/{id}/actions/confirm": {
    /**
     * Confirm
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["confirmCase"];
  };
  "/v1/cases/{id}/actions/decline": {
    /**
     * Decline
     * @description A retry of the same request gets the same answer and has no second effect.
     */
    post: operations["declineCase"];
  };
  "/v1/cases/{id}/actions/{action}": {
    /**
     * Any action by its name
     * @description What each action takes stands at its own path. A name that no case type knows is answered with the one that was probably meant.
     */
    post: operations["actOnCase"];
  };
  "/v1/webhook-endpoints": {
    /** Your endpoints and how they are */
    get: operations["listWebhookEndpoints"];
    /**
     * Have an address told what happens in your cases
     * @description From now on. Each message is a CloudEvent 1.0 without personal data, signed as Standard Webhooks say, sent until it is answered with 2xx within ten seconds, for three days. It may come twice, under the same `webhook-id`; the messages of one case come in order. Redirects are not followed; 410 disables the endpoint. The same key again meets the same endpoint; a key whose endpoint was removed adds none.
     */
    post: operations["addWebhookEndpoint"];
  };
  "/v1/webhook-endpoints/{id}": {
    /** One endpoint and how it is */
    get: operations["getWebhookEndpoint"];
    /** Remove an endpoint, its messages and its secret */
    delete: operations["removeWebhookEndpoint"];
  };
  "/v1/webhook-endpoints/{id}/rotate": {
    /**
     * A new secret; the old one signs beside it for a day
     * @description Asked for again within that day, because the answer was lost, the newest secret is replaced: the one from before the day goes on until its end.
     */
    post: operations["rotateWebhookSecret"];
  };
  "/v1/webhook-endpoints/{id}/test": {
    /**
     * Send a message about a case that does not exist, once, now
     * @description At most 20 a minute for each client.
     */
    post: operations["testWebhookEndpoint"];
  };
  "/v1/webhook-endpoints/{id}/redeliver": {
    /** Send again what was given up, or everything since an instant */
    post: operations["redeliverWebhooks"];
  };
  "/v1/webhook-endpoints/{id}/enable": {
    /**
     * Begin again with an endpoint that was disabled
     * @description What waited is sent at once. What happened while it was disabled comes by asking for a redelivery.
     */
    post: operations["enableWebhookEndpoint"];
  };
  "/livez": {
    /** Whether this program runs */
    get: operations["live"];
  };
  "/readyz": {
    /**
     * Whether requests can be answered now
     * @description 503 with the same body when something does not answer, or when the API is stopping.
     */
    get: operations["ready"];
  };
  "/metrics": {
    /**
     * Counters, durations and what the on-call is woken by, for Prometheus
     * @description For the inside: what stands before the API does not pass it on.
     */
    get: operations["metrics"];
  };
  "/problems": {
    /** Every problem that this API can answer with */
    get: operations["listProblems"];
  };
  "/problems/{code}": {
    /** What a problem means */
    get: operations["getProblem"];
  };
}

export type webhooks = Record<string, never>;

export interface components {
  schemas: {
    /** @description The number and one more fact: `birthDate` or `cardSerial`, not both */
    VerificationQuestion: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /**
       * Format: date
       * @example 1990-01-31
       */
      birthDate?: string;
      /**
       * @description As printed on the card
       * @example A00000018
       */
      cardSerial?: string;
    };
    VerificationAnswer: {
      /** @enum {string} */
      verdict: "valid" | "expired" | "reported-lost" | "superseded" | "amended" | "unknown";
      /**
       * Format: date
       * @description The first day on which it was no longer valid
       */
      since?: string;
      text: components["schemas"]["BilingualText"];
      /** Format: date-time */
      checkedAt: string;
      /** @description Shows, together with the number and the fact, what the signed answer is about */
      salt: string;
      /** @description The answer as a compact JWS, to be checked with the keys of /.well-known/jwks.json. Its `question` is the base64url SHA-256 of salt, number and fact, each on a line of its own: whoever has no salt learns nothing about the person. */
      signed: string;
    };
    BilingualText: {
      ar: string;
      en: string;
    };
    ProblemDetails: {
      /** Format: uri */
      type: string;
      /** @description The last part of `type` */
      code: string;
      /** @description In the language of Accept-Language, else English */
      title: string;
      titles: components["schemas"]["BilingualText"];
      status: number;
      detail?: string;
      details?: components["schemas"]["BilingualText"];
      /** @description This one request, to quote when asking for support */
      instance: string;
      errors?: components["schemas"]["FieldProblem"][];
    };
    FieldProblem: {
      /**
       * @description Where it stands, as a JSON pointer
       * @example /application/photo
       */
      path: string;
      code: string;
      message: components["schemas"]["BilingualText"];
      didYouMean?: string;
    };
    /** @description RFC 7517 */
    Jwks: {
      keys: {
          kty: string;
          crv: string;
          x: string;
          kid: string;
          alg: string;
          use: string;
        }[];
    };
    /** @description As SD-JWT VC has it */
    JwtVcIssuer: {
      issuer: string;
      jwks_uri: string;
    };
    RecordAsked: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /**
       * @description Enhanced My Data: longer lists, and every entry of the register
       * @default false
       */
      detail?: boolean;
      /**
       * @description Of the PDF
       * @default ar
       * @enum {string}
       */
      language?: "ar" | "en";
    };
    PersonalRecord: {
      /** Format: date-time */
      readAt: string;
      identity: {
        number: string;
        nameAr: string;
        nameEn: string;
        /** @enum {string} */
        sex: "M" | "F";
        /** Format: date */
        birthDate: string;
        birthPlaceAr: string;
        birthPlaceEn: string;
        nationality: string;
        diedOn: string | null;
      };
      contact: {
        phone: string;
        /** @enum {string} */
        language: "ar" | "en";
        address: {
          line: string;
          district: string;
          city: string;
          postalCode: string;
        } | null;
        /** @description Whether they want to be reminded before a card expires */
        reminders: boolean;
      };
      cards: ({
          serial: string;
          type: {
            code: string;
            text: components["schemas"]["BilingualText"];
          };
          status: {
            code: string;
            text: components["schemas"]["BilingualText"];
          };
          /** Format: date */
          issuedOn: string;
          /** Format: date */
          expiresOn: string;
          validFrom: string | null;
          validTo: string | null;
        })[];
      family: ({
          relation: {
            code: string;
            text: components["schemas"]["BilingualText"];
          };
          nameAr: string;
          nameEn: string;
          /** Format: date */
          birthDate: string;
          /** Format: date */
          from: string;
          to: string | null;
        })[];
      cases: ({
          id: string;
          type: {
            code: string;
            text: components["schemas"]["BilingualText"];
          };
          status: {
            code: string;
            text: components["schemas"]["BilingualText"];
          };
          channel: string;
          /** Format: date-time */
          filedAt: string;
          closedAt: string | null;
        })[];
      accesses: components["schemas"]["Access"][];
      /** @description Where the list goes on: `cursor` of /v1/people/record/accesses; null at its end */
      accessesNext: string | null;
      entries: ({
          kind: string;
          text: components["schemas"]["BilingualText"];
          /** Format: date */
          effectiveOn: string;
          /** Format: date-time */
          recordedAt: string;
          caseId: string | null;
        })[];
      /** @description Whether there are more than these: open cases stand first, then the latest; `detail` shows up to 500 */
      more: {
        cases: boolean;
        entries: boolean;
      };
    };
    Access: {
      /**
       * Format: date-time
       * @description The last time of that day in Riyadh
       */
      at: string;
      /** @description How often the same was done by the same on that day */
      times: number;
      service: string;
      what: {
        code: string;
        text: components["schemas"]["BilingualText"];
      };
      /** @description What came of it; of the staff, in which role */
      outcome: string;
      by: {
        code: string;
        text: components["schemas"]["BilingualText"];
      };
      /** @description Through what; of the staff, at which office */
      channel: string;
    };
    AccessesAsked: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      cursor?: string;
    };
    AccessList: {
      items: components["schemas"]["Access"][];
      /** @description Where the list goes on: `cursor` of /v1/people/record/accesses; null at its end */
      next: string | null;
    };
    RenewalCostAsked: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /**
       * @default {
       *   "method": "courier"
       * }
       */
      delivery?: OneOf<[{
        /** @constant */
        method: "courier";
      }, {
        /** @constant */
        method: "pickup";
        /** @enum {string} */
        office: "riyadh-1" | "jeddah-1" | "dammam-1";
      }]>;
    };
    /** @description By the policy of each day as it is known now; what is filed keeps its own quote */
    RenewalCost: {
      today: {
        /** Format: date */
        on: string;
        policyVersion: string;
        /** @description null where it would be refused */
        quote: components["schemas"]["Quote"] | null;
        refusedBy: {
            rule: string;
            text: components["schemas"]["BilingualText"];
          }[];
      };
      /** @description From the first day on that the card is expired; null where it is already, or there is none */
      expired: ({
        /** Format: date */
        on: string;
        policyVersion: string;
        /** @description null where it would be refused */
        quote: components["schemas"]["Quote"] | null;
        refusedBy: {
            rule: string;
            text: components["schemas"]["BilingualText"];
          }[];
      }) | null;
    };
    Quote: {
      lines: ({
          code: string;
          title: components["schemas"]["BilingualText"];
          amount: components["schemas"]["Money"];
          /** @enum {string} */
          refundable: "always" | "until-printed" | "never";
          rule: string;
        })[];
      total: components["schemas"]["Money"];
    };
    /** @description Whole halalas; 100 are one riyal */
    Money: {
      halalas: number;
      /** @constant */
      currency: "SAR";
    };
    PreferencesWanted: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /** @description Whether to be reminded before a card expires */
      reminders: boolean;
    };
    Preferences: {
      reminders: boolean;
    };
    CardLossReported: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /**
       * @description As printed on the card
       * @example A00000018
       */
      cardSerial: string;
      /**
       * Format: date
       * @description The day on which it was lost, as far as its holder knows
       */
      lostOn: string;
    };
    CardLoss: {
      cardSerial: string;
      status: {
        /** @constant */
        code: "lost";
        text: components["schemas"]["BilingualText"];
      };
      /** Format: date */
      lostOn: string;
      /** Format: date */
      reportedOn: string;
      /** @description What the loss will add to the price of a new card; null where none is issued */
      renewal: {
        lossFine: components["schemas"]["Money"];
        policyVersion: string;
      } | null;
    };
    SatisfactionGiven: {
      score: number;
      /** @description Kept with the personal data */
      comment?: string;
    };
    Satisfaction: {
      caseId: string;
      score: number;
      /** Format: date-time */
      at: string;
    };
    /** @description Percentages and hours are rounded; `before` is the month before. Until the month is over, `complete` is false and each `change` null */
    Statement: {
      month: string;
      complete: boolean;
      total: {
        count: number;
        before: number;
        change: number | null;
      };
      byService: ({
          service: string;
          count: number;
          before: number;
          change: number | null;
        })[];
      byChannel: ({
          /** @description Official bodies are one, and so are clients of no known channel */
          channel: string;
          count: number;
          before: number;
          change: number | null;
        })[];
      byBeneficiary: ({
          /**
           * @description `unknown`: of a case that was filed for a number that the register did not have
           * @enum {string}
           */
          beneficiary: "citizen" | "resident" | "visitor" | "unknown";
          count: number;
          before: number;
          change: number | null;
        })[];
      lines: ({
          service: string;
          /** @description Official bodies are one, and so are clients of no known channel */
          channel: string;
          /**
           * @description `unknown`: of a case that was filed for a number that the register did not have
           * @enum {string}
           */
          beneficiary: "citizen" | "resident" | "visitor" | "unknown";
          count: number;
          before: number;
          change: number | null;
        })[];
      timeToCard: {
        cards: number;
        p50Hours: number | null;
        p90Hours: number | null;
        before: {
          cards: number;
          p50Hours: number | null;
          p90Hours: number | null;
        };
      };
      straightThrough: {
        completed: number;
        withoutHuman: number;
        share: number | null;
        shareBefore: number | null;
        before: {
          completed: number;
          withoutHuman: number;
        };
      };
      finesAvoided: {
        renewals: number;
        amount: components["schemas"]["Money"];
        before: {
          renewals: number;
          amount: components["schemas"]["Money"];
        };
      };
      satisfaction: {
        answers: number;
        scores: [number, number, number, number, number];
        mean: number | null;
        meanBefore: number | null;
        before: {
          answers: number;
          scores: [number, number, number, number, number];
        };
      };
    };
    BulkLines: {
      lines: components["schemas"]["BulkLine"][];
    };
    /** @description One of `birthDate` and `cardSerial` is needed, not both */
    BulkLine: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /**
       * Format: date
       * @example 1990-01-31
       */
      birthDate?: string;
      /**
       * @description As printed on the card
       * @example A00000018
       */
      cardSerial?: string;
      /** @description Your own name for the line, never a person's; comes back with its answer */
      reference?: string;
    };
    BulkVerification: {
      id: string;
      /** @enum {string} */
      state: "running" | "done";
      lines: number;
      /** @description Lines that could not be read as a question */
      refused: number;
      /** @description Lines answered so far */
      done: number;
      /** Format: date-time */
      acceptedAt: string;
      endedAt: string | null;
      links: {
        self: string;
        result: string;
      };
    };
    BulkResult: {
      id: string;
      lines: ({
          /** @description From 1; a header is no line, a blank line is one without an answer */
          line: number;
          reference: string | null;
          identityNumber: string | null;
          verdict: ("valid" | "expired" | "reported-lost" | "superseded" | "amended" | "unknown") | null;
          since: string | null;
          refused: ("identity-number-invalid" | "birth-date-invalid" | "card-serial-invalid" | "one-fact-needed" | "reference-too-long" | "unknown-field" | "not-a-line" | "too-many-guesses" | "not-checked") | null;
          checkedAt: string | null;
          salt: string | null;
          signed: string | null;
        })[];
    };
    OfficialBodies: {
      items: components["schemas"]["OfficialBody"][];
    };
    OfficialBody: {
      client: string;
      name: components["schemas"]["BilingualText"];
    };
    ShareGranted: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      /**
       * @description An official body, as /v1/official-bodies names it
       * @example ministry-of-health
       * @enum {string}
       */
      recipient: "ministry-of-health" | "ministry-of-education" | "ministry-of-justice" | "ministry-of-human-resources" | "social-insurance" | "general-directorate-of-traffic";
      fields: ("name" | "identityNumber" | "birthDate" | "birthPlace" | "sex" | "nationality" | "card" | "phone" | "address" | "family")[];
      /** @description In words; kept with the personal data */
      purpose: string;
      /**
       * Format: date-time
       * @description At most 365 days from now
       */
      expiresAt: string;
    };
    ShareWithCredential: {
      id: string;
      /** @enum {string} */
      state: "active" | "revoked" | "expired";
      recipient: components["schemas"]["OfficialBody"];
      fields: ("name" | "identityNumber" | "birthDate" | "birthPlace" | "sex" | "nationality" | "card" | "phone" | "address" | "family")[];
      /** Format: date-time */
      grantedAt: string;
      /** Format: date-time */
      expiresAt: string;
      revokedAt: string | null;
      /** @description For both sides: what was granted, to whom and until when, as a compact JWS without personal data; the purpose is in it as a digest */
      receipt: string;
      links: {
        self: string;
        status: string;
      };
      /** @description The portable form: an SD-JWT VC of the granted fields, each of which can be kept back when it is shown */
      credential: string;
    };
    Share: {
      id: string;
      /** @enum {string} */
      state: "active" | "revoked" | "expired";
      recipient: components["schemas"]["OfficialBody"];
      fields: ("name" | "identityNumber" | "birthDate" | "birthPlace" | "sex" | "nationality" | "card" | "phone" | "address" | "family")[];
      /** Format: date-time */
      grantedAt: string;
      /** Format: date-time */
      expiresAt: string;
      revokedAt: string | null;
      /** @description For both sides: what was granted, to whom and until when, as a compact JWS without personal data; the purpose is in it as a digest */
      receipt: string;
      links: {
        self: string;
        status: string;
      };
    };
    OwnSharesAsked: {
      /**
       * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
       * @example 1000000008
       */
      identityNumber: string;
      cursor?: string;
    };
    OwnShareList: {
      items: components["schemas"]["OwnShare"][];
      next: string | null;
    };
    OwnShare: {
      id: string;
      /** @enum {string} */
      state: "active" | "revoked" | "expired";
      recipient: components["schemas"]["OfficialBody"];
      fields: ("name" | "identityNumber" | "birthDate" | "birthPlace" | "sex" | "nationality" | "card" | "phone" | "address" | "family")[];
      /** Format: date-time */
      grantedAt: string;
      /** Format: date-time */
      expiresAt: string;
      revokedAt: string | null;
      /** @description For both sides: what was granted, to whom and until when, as a compact JWS without personal data; the purpose is in it as a digest */
      receipt: string;
      links: {
        self: string;
        status: string;
        revoke: string;
      };
      /** @description As it was granted for; null when it is kept no more */
      purpose: string | null;
      /** @description To be kept with the receipt: the disclosure (RFC 9901) of the purpose, whose digest the receipt holds; null for shares from before, and when it is kept no more */
      purposeDisclosure: string | null;
    };
    ShareList: {
      items: components["schemas"]["Share"][];
      next: string | null;
    };
    SharedData: {
      id: string;
      /** @enum {string} */
      state: "active" | "revoked" | "expired";
      recipient: components["schemas"]["OfficialBody"];
      fields: ("name" | "identityNumber" | "birthDate" | "birthPlace" | "sex" | "nationality" | "card" | "phone" | "address" | "family")[];
      /** Format: date-time */
      grantedAt: string;
      /** Format: date-time */
      expiresAt: string;
      revokedAt: string | null;
      /** @description For both sides: what was granted, to whom and until when, as a compact JWS without personal data; the purpose is in it as a digest */
      receipt: string;
      links: {
        self: string;
        status: string;
      };
      /** @description The portable form: an SD-JWT VC of the granted fields, each of which can be kept back when it is shown */
      credential: string;
      purpose: string;
      /** @description To be kept with the receipt: the disclosure (RFC 9901) of the purpose, whose digest the receipt holds; null for shares from before, and when it is kept no more */
      purposeDisclosure: string | null;
      /** @description The fields, by name */
      data: {
        [key: string]: unknown;
      };
    };
    FileCase: OneOf<[{
      /** @constant */
      type: "id-renewal";
      applicant: {
        /**
         * @description Ten digits, ASCII or Arabic-Indic
         * @example 1000000008
         */
        identityNumber: string;
      };
      application: components["schemas"]["RenewalApplication"];
    }, {
      /** @constant */
      type: "family-registration";
      applicant: {
        /**
         * @description Ten digits, ASCII or Arabic-Indic
         * @example 1000000008
         */
        identityNumber: string;
      };
      application: components["schemas"]["FamilyApplication"];
    }, {
      /** @constant */
      type: "appeal";
      applicant: {
        /**
         * @description Ten digits, ASCII or Arabic-Indic
         * @example 1000000008
         */
        identityNumber: string;
      };
      application: components["schemas"]["AppealApplication"];
    }, {
      /** @constant */
      type: "record-amendment";
      applicant: {
        /**
         * @description Ten digits, ASCII or Arabic-Indic
         * @example 1000000008
         */
        identityNumber: string;
      };
      application: components["schemas"]["AmendmentApplication"];
    }]>;
    RenewalApplication: {
      /** @description The documentRef of a portrait uploaded for the same person */
      photo: string;
      delivery: OneOf<[{
        /** @constant */
        method: "courier";
      }, {
        /** @constant */
        method: "pickup";
        /** @enum {string} */
        office: "riyadh-1" | "jeddah-1" | "dammam-1";
      }]>;
      /**
       * @description `first-issue`: for a family member who was identified and whose first card never came
       * @default expiring
       * @enum {string}
       */
      reason?: "expiring" | "lost" | "damaged" | "first-issue";
      /**
       * Format: date
       * @example 2026-11-01
       */
      lostOn?: string;
      /** @description The parent or guardian who applies for somebody under 15, by the tie that the register has */
      guardian?: components["schemas"]["IdentityNumberInput"];
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    };
    /**
     * @description An identity number, ASCII or Arabic-Indic digits
     * @example 1000000008
     */
    IdentityNumberInput: string;
    FamilyApplication: OneOf<[{
      /** @constant */
      event: "member-identification";
      member: components["schemas"]["IdentityNumberInput"];
      /**
       * @description What the applicant is to the member, where the register does not have the tie yet
       * @enum {string}
       */
      relation?: "father" | "mother" | "guardian";
      /**
       * @description The reference number of the hospital's or the court's notice
       * @example HSP-2026-000123
       */
      notice?: string;
      /** @description The documentRef of a portrait uploaded for the member: the first ID card is issued with it */
      photo: string;
      delivery?: OneOf<[{
        /** @constant */
        method: "courier";
      }, {
        /** @constant */
        method: "pickup";
        /** @enum {string} */
        office: "riyadh-1" | "jeddah-1" | "dammam-1";
      }]>;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    }, {
      /** @constant */
      event: "birth";
      /**
       * Format: date
       * @example 2026-11-01
       */
      on: string;
      father: components["schemas"]["IdentityNumberInput"];
      mother: components["schemas"]["IdentityNumberInput"];
      child: {
        /** @description In Arabic letters, without hidden signs */
        nameAr: string;
        /** @description In Latin letters, without hidden signs */
        nameEn: string;
        /** @enum {string} */
        sex: "M" | "F";
        /** @description In Arabic letters, without hidden signs */
        birthPlaceAr: string;
        /** @description In Latin letters, without hidden signs */
        birthPlaceEn: string;
      };
      /**
       * @description The reference number of the hospital's or the court's notice
       * @example HSP-2026-000123
       */
      notice: string;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    }, {
      /** @constant */
      event: "marriage";
      /**
       * Format: date
       * @example 2026-11-01
       */
      on: string;
      husband: components["schemas"]["IdentityNumberInput"];
      wife: components["schemas"]["IdentityNumberInput"];
      witnesses?: components["schemas"]["IdentityNumberInput"][];
      /**
       * @description The reference number of the hospital's or the court's notice
       * @example HSP-2026-000123
       */
      notice: string;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    }, {
      /** @constant */
      event: "divorce";
      /**
       * Format: date
       * @example 2026-11-01
       */
      on: string;
      husband: components["schemas"]["IdentityNumberInput"];
      wife: components["schemas"]["IdentityNumberInput"];
      /**
       * @description The reference number of the hospital's or the court's notice
       * @example HSP-2026-000123
       */
      notice: string;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    }, {
      /** @constant */
      event: "death";
      /**
       * Format: date
       * @example 2026-11-01
       */
      on: string;
      deceased: components["schemas"]["IdentityNumberInput"];
      /**
       * @description The reference number of the hospital's or the court's notice
       * @example HSP-2026-000123
       */
      notice: string;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    }]>;
    AppealApplication: {
      /**
       * @description The rejected case
       * @example fam_mfrggzdfmztwq2lknnwg23tpob
       */
      case: string;
      grounds: string;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    };
    AmendmentApplication: {
      /** @description The registered case, or an amendment of it. What is amended is the entry that stands by now */
      case: string;
      /** @enum {string} */
      what: "correction" | "revocation";
      /**
       * Format: date
       * @description The date that is to stand; of a death, the day of it
       * @example 2026-11-01
       */
      on?: string;
      father?: components["schemas"]["IdentityNumberInput"];
      mother?: components["schemas"]["IdentityNumberInput"];
      /**
       * @description Of the child of a birth
       * @enum {string}
       */
      sex?: "M" | "F";
      /** @description What the child of a birth is to be called, in full and in both scripts */
      child?: {
        /** @description In Arabic letters, without hidden signs */
        nameAr: string;
        /** @description In Latin letters, without hidden signs */
        nameEn: string;
      };
      husband?: components["schemas"]["IdentityNumberInput"];
      wife?: components["schemas"]["IdentityNumberInput"];
      /**
       * @description What the guardian is to the member who was identified
       * @enum {string}
       */
      relation?: "father" | "mother" | "guardian";
      why: string;
      /**
       * @description The office that handles the case
       * @default riyadh-1
       * @enum {string}
       */
      office?: "riyadh-1" | "jeddah-1" | "dammam-1";
    };
    Case: {
      id: string;
      type: string;
      status: string;
      version: number;
      channel: string;
      office: string;
      /** Format: date-time */
      filedAt: string;
      /** Format: date-time */
      closedAt?: string;
      policyVersion: string;
      parent?: string;
      texts: {
        type: components["schemas"]["BilingualText"];
        status: components["schemas"]["BilingualText"];
      };
      waitingFor: components["schemas"]["WaitingFor"] | null;
      allowedActions: components["schemas"]["AllowedAction"][];
      /** @description Of your role, with the reason why not now */
      unavailableActions: components["schemas"]["UnavailableAction"][];
      decisions: components["schemas"]["Decision"][];
      quote: components["schemas"]["Quote"] | null;
      payment: ({
        /** @enum {string} */
        status: "asked" | "paid" | "closed";
        payUrl?: string;
        /** @description What went back by now, of whatever was paid */
        refunded?: components["schemas"]["Money"];
      }) | null;
      returned?: {
        /** @description What has to be done again */
        items: string[];
        reasons: string[];
        /** @description The reasons in words */
        texts: components["schemas"]["BilingualText"][];
        /** @description What the caseworker wrote about it, in the language it was written in; for the portal */
        words?: string;
      };
      refusedBy?: {
          rule: string;
          text: components["schemas"]["BilingualText"];
        }[];
      /** @description Whose consent was asked for, where the event needs any */
      consents?: ({
          /**
           * @description Their part in the event
           * @example wife
           */
          part: string;
          /** @enum {string} */
          state: "asked" | "given" | "refused" | "withdrawn" | "unanswered";
          texts: {
            part: components["schemas"]["BilingualText"];
            state: components["schemas"]["BilingualText"];
          };
        })[];
      /** @description For staff only */
      review?: {
        level: string;
        /** @description Why it came to review */
        why: {
            rule: string;
            text: components["schemas"]["BilingualText"];
          }[];
        clock: components["schemas"]["ReviewClock"];
        rounds: number;
        claim?: {
          by: string;
          /** @description For staff only; of colleagues who have signed in at least once */
          name?: components["schemas"]["BilingualText"];
          /** Format: date-time */
          until: string;
        };
        recommendation?: {
          by: string;
          /** @description For staff only; of colleagues who have signed in at least once */
          name?: components["schemas"]["BilingualText"];
          what: string;
          rule: string;
          reasonRef?: string;
        };
      };
      /** @description A repair that waits for a second person; for staff only */
      repair?: {
        field: string;
        title: components["schemas"]["BilingualText"];
        now: string | null;
        value: string;
        by: string;
        /** @description For staff only; of colleagues who have signed in at least once */
        name?: components["schemas"]["BilingualText"];
        /** Format: date-time */
        at: string;
      };
      /** @description For staff only */
      incident?: {
        step: string;
        /** Format: date-time */
        since: string;
        /** Format: date-time */
        last: string;
        attempts: number;
        kind: string;
        source: string;
        code: string;
        message: string;
        retrying: boolean;
      };
      links: {
        self: string;
        events: string;
        stream: string;
        certificate?: string;
        /** @description Who is who in it, where it is about a family; for staff only */
        family?: string;
      };
    };
    WaitingFor: {
      what: string;
      /** Format: date-time */
      since: string;
      /** Format: date-time */
      until: string;
      /**
       * Format: date-time
       * @description When the time that the agency has for this ends, however often somebody is reminded or asked after that
       */
      due?: string;
      /**
       * @description Who can end the wait; `tajdid` while the case itself is taking a step
       * @enum {string}
       */
      who: "applicant" | "caseworker" | "supervisor" | "committee" | "operator" | "card-bureau" | "courier" | "consenter" | "evidence-source" | "tajdid";
      /** @description What happens at `until` */
      otherwise: string;
      texts: {
        what: components["schemas"]["BilingualText"];
        who: components["schemas"]["BilingualText"];
        otherwise: components["schemas"]["BilingualText"];
      };
    };
    AllowedAction: {
      action: string;
      title: components["schemas"]["BilingualText"];
      /** @description Needs a reason in words */
      reason: boolean;
      /**
       * @description `main`: what the case is there for; `grave`: speaks against somebody
       * @enum {string}
       */
      weight?: "main" | "grave";
      /** @description What an input can be in this case, by the input’s name */
      choices?: {
        [key: string]: {
            value: string;
            text?: components["schemas"]["BilingualText"];
          }[];
      };
      href: string;
    };
    UnavailableAction: {
      action: string;
      title: components["schemas"]["BilingualText"];
      whyNot: {
        code: string;
        message: components["schemas"]["BilingualText"];
      };
    };
    Decision: {
      what: string;
      /** Format: date-time */
      at: string;
      by: components["schemas"]["Actor"];
      rules: components["schemas"]["RuleUsed"][];
      reasonRef?: string;
    };
    Actor: {
      /** @enum {string} */
      role: "portal" | "caseworker" | "supervisor" | "committee" | "operator" | "auditor" | "analyst" | "system" | "outside";
      /** @description For staff only */
      id?: string;
      /** @description For staff only; of colleagues who have signed in at least once */
      name?: components["schemas"]["BilingualText"];
      office?: string;
    };
    RuleUsed: {
      rule: string;
      version: string;
      text: components["schemas"]["BilingualText"];
    };
    ReviewClock: {
      /** @description Working time that the review has taken, as of this answer; a working day counts 24 hours */
      spentMs: number;
      /** @description Working time that it may take */
      budgetMs: number;
      /** @description The share of the budget at which it is running out */
      warnAt: number;
      running: boolean;
      /** @description While the applicant had the ball, and holds; the last one may go on */
      stops: ({
          /** Format: date-time */
          from: string;
          to: string | null;
          /** @enum {string} */
          why: "returned" | "hold";
        })[];
    };
    WebhookTaken: {
      /** @enum {string} */
      taken: "handed-on" | "seen-before" | "unknown-case";
    };
    DocumentKept: {
      documentRef: string;
      measurement: components["schemas"]["PhotoMeasurement"];
    };
    /** @description What was measured on the portrait; whether it is good enough is decided in the case */
    PhotoMeasurement: {
      width: number;
      height: number;
      faces: number;
      confidence: number;
      faceHeightRatio: number;
      offCentre: number;
      tilt: number;
      backgroundWhiteness: number;
      backgroundEvenness: number;
      sharpness: number;
      /**
       * Format: date
       * @description As the camera said, where it did
       */
      takenOn?: string;
    };
    /** @description The text that was read from the QR code */
    CertificateQuestion: {
      /** @description What the QR code says: a compact JWS, to be checked with the keys of /.well-known/jwks.json, or asked about */
      code: string;
    };
    CertificateAnswer: {
      /** @enum {string} */
      verdict: "valid" | "superseded" | "revoked" | "expired" | "unknown";
      /**
       * Format: date
       * @description The first day on which it held no more
       */
      since?: string;
      /**
       * @description The entry was corrected, and its holders have another certificate: ask for that one
       * @constant
       */
      replaced?: true;
      text: components["schemas"]["BilingualText"];
      /** Format: date-time */
      checkedAt: string;
      /** @description The answer as a compact JWS, to be checked with the keys of /.well-known/jwks.json and relied on until its `exp`. Its `question` is the base64url SHA-256 of the code. */
      signed: string;
    };
    Certificate: {
      serial: string;
      /** Format: date */
      issuedOn: string;
      event: string;
      /** Format: date */
      on: string;
      title: components["schemas"]["BilingualText"];
      rows: components["schemas"]["PaperRow"][];
      /** @description Of a birth */
      child?: {
        /**
         * @description The number that the register gave the child: by it the child is identified and read
         * @example 1000000008
         */
        identityNumber: string;
        /** @enum {string} */
        sex: "M" | "F";
        birthPlace: components["schemas"]["BilingualText"];
      };
      standing: {
        /** @enum {string} */
        verdict: "valid" | "superseded" | "revoked" | "expired" | "unknown";
        /** Format: date */
        since?: string;
        /**
         * @description Another was issued for the corrected entry
         * @constant
         */
        replaced?: true;
        /**
         * @description Where that one is, for those who may read it
         * @example /v1/certificates/FC00000013
         */
        replacedBy?: string;
        text: components["schemas"]["BilingualText"];
      };
      /** @description What the QR code says: a compact JWS, to be checked with the keys of /.well-known/jwks.json, or asked about */
      code: string;
    };
    PaperRow: {
      label: components["schemas"]["BilingualText"];
      value: components["schemas"]["BilingualText"];
    };
    FamilyRecordAsked: {
      /**
       * @description The head of the family
       * @example 1000000008
       */
      identityNumber: string;
    };
    FamilyRecord: {
      number: string;
      /** Format: date */
      issuedOn: string;
      title: components["schemas"]["BilingualText"];
      rows: components["schemas"]["PaperRow"][];
      /** @description What the QR code says: a compact JWS, to be checked with the keys of /.well-known/jwks.json, or asked about */
      code: string;
    };
    CaseEventPage: {
      items: components["schemas"]["CaseEvent"][];
      /** @description `after` of the next page */
      next: number | null;
    };
    CaseEvent: {
      version: number;
      /** Format: date-time */
      at: string;
      type: string;
      text: components["schemas"]["BilingualText"];
      /** @description Between the steps: on record, and not what somebody looks for first */
      minor: boolean;
      actor: components["schemas"]["Actor"];
      /** @description Who was given the case; for staff only */
      to?: {
        id: string;
        /** @description For staff only; of colleagues who have signed in at least once */
        name?: components["schemas"]["BilingualText"];
      };
      /** @description The rules that it names, in words; for staff only */
      words?: components["schemas"]["BilingualText"][];
      /** @description What the event says; for a portal only what concerns the applicant */
      facts: {
        [key: string]: unknown;
      };
    };
    CasePage: {
      items: components["schemas"]["CaseListItem"][];
      /** @description `cursor` of the next page */
      next: string | null;
    };
    CaseListItem: {
      id: string;
      type: string;
      status: string;
      version: number;
      channel: string;
      office: string;
      parent: string | null;
      /** Format: date-time */
      filedAt: string;
      closedAt: string | null;
      waitingFor: ({
        what: string;
        who: string | null;
        until: string | null;
        text: components["schemas"]["BilingualText"];
      }) | null;
      claimedBy: string | null;
      /** @description null also where the colleague never signed in */
      claimedByName: components["schemas"]["BilingualText"] | null;
      overdue: boolean;
      incident: {
        code: string;
        source: string;
      } | null;
      /** @description While a review is waited for; null for a portal */
      review: ({
        /** @description Why a person has to look */
        why: string[];
        /** @description A colleague recommends rejection: another has to decide */
        recommended: boolean;
        escalated: ("by-caseworker" | "out-of-time") | null;
      }) | null;
      texts: {
        type: components["schemas"]["BilingualText"];
        status: components["schemas"]["BilingualText"];
      };
      links: {
        self: string;
      };
    };
    WorkPage: {
      items: components["schemas"]["CaseListItem"][];
      /** @description `cursor` of the next page */
      next: string | null;
      counts?: {
        mine: number;
        office: number;
        unclaimed: number;
        overdue: number;
      };
      /** @description With `counts=team`: what waits for a supervisor */
      team?: {
        awaiting: number;
        "four-eyes": number;
        escalated: number;
        held: number;
      };
    };
    Evidence: {
      /** @description What the person is in the case */
      part: components["schemas"]["BilingualText"];
      /** @description null when the person was erased */
      applicant: ({
        nameAr: string;
        nameEn: string;
        /** @description The last four digits; the rest is masked */
        identityNumber: string;
        birthDate: string;
        /** @enum {string} */
        sex: "M" | "F";
        /** @description Three letters, as ICAO has them */
        nationality: string;
        nationalityText: components["schemas"]["BilingualText"];
        birthPlaceAr: string;
        birthPlaceEn: string;
      }) | null;
      card: {
        serial: string;
        issuedOn: string;
        expiresOn: string;
        status: string;
      } | null;
      photo: components["schemas"]["PhotoEvidence"] | null;
      /** @description The portrait of the person's card before */
      lastPhoto: ({
        href: string;
        /** @description null for the one that the person came into the register with */
        caseId: string | null;
        takenOver: string;
      }) | null;
      delivery: {
        method: string;
        office?: string;
      } | null;
      reason: string | null;
      statement: components["schemas"]["FilerStatement"] | null;
      /** @description Of an appeal: the case that it is about */
      appealed: components["schemas"]["AppealedCase"] | null;
      /** @description Of an amendment: the entry before and after */
      amended: components["schemas"]["AmendedEntry"] | null;
    };
    PhotoEvidence: {
      href: string;
      measurement: components["schemas"]["PhotoMeasurement"] | null;
      verdict: ("pass" | "doubt" | "fail") | null;
      reasons: {
          rule: string;
          value: number;
          limit: number;
          text: components["schemas"]["BilingualText"];
        }[];
      /** @description Of the policy that the case is under: surely good from `pass`, surely bad beyond `fail` */
      limits: {
        [key: string]: {
          pass: number;
          fail: number;
        };
      };
      uploadedAt: string | null;
    };
    /** @description What whoever filed the case says, in their own words */
    FilerStatement: {
      title: components["schemas"]["BilingualText"];
      text: string;
    };
    AppealedCase: {
      caseId: string;
      type: components["schemas"]["BilingualText"];
      status: components["schemas"]["BilingualText"];
      closedAt: string | null;
      rejectedFor: {
          rule: string;
          text: components["schemas"]["BilingualText"];
        }[];
      decisions: components["schemas"]["DecidedBefore"][];
    };
    DecidedBefore: {
      what: string;
      /** @description null of a recommendation */
      at: string | null;
      by: components["schemas"]["Actor"];
      rules: components["schemas"]["RuleUsed"][];
      /** @description In words; null where none was given or it was erased */
      reason: string | null;
    };
    AmendedEntry: {
      /** @enum {string} */
      what: "correction" | "revocation";
      rows: ({
          field: string;
          label: components["schemas"]["BilingualText"];
          before: components["schemas"]["Said"] | null;
          /** @description null of a revocation: nothing stands in its place */
          after: components["schemas"]["Said"] | null;
          changes: boolean;
        })[];
    };
    /** @description Words, or a day to be shown in the calendar of whoever reads */
    Said: {
      text?: components["schemas"]["BilingualText"];
      /** Format: date */
      date?: string;
    };
    Reason: {
      text: string;
      by: string;
    };
    FamilyEvidence: {
      event: string;
      on: string;
      people: components["schemas"]["FamilyMember"][];
      /** @description "The father of person is relative"; a marriage is one link, from the husband to the wife */
      links: ({
          person: string;
          relative: string;
          /** @enum {string} */
          kind: "father" | "mother" | "guardian" | "spouse";
          from: string;
          to?: string;
        })[];
      report: components["schemas"]["FamilyReport"];
      /** @description What stands in the register of this event by now, as it was amended; names of the child of a birth. null where nothing stands */
      entry: ({
        on: string;
        nameAr: string | null;
        nameEn: string | null;
      }) | null;
      /** @description The child of a birth that is reported */
      reported: components["schemas"]["BirthTold"] | null;
      candidates: ({
          ref: string;
          /** @enum {string} */
          kind: "person" | "case";
          /** @description 0 to 100 */
          score: number;
          reasons: {
              rule: string;
              points: number;
            }[];
          told: components["schemas"]["BirthTold"] | null;
        })[];
      consents: {
          person: string;
          state: string;
        }[];
      votes: {
          by: string;
          vote: string;
          rule?: string;
        }[];
      /** @description Where the notice of the hospital or court said otherwise when it was read */
      mismatches: {
          rule: string;
          text: components["schemas"]["BilingualText"];
        }[];
      lateness: {
        rule: string;
        text: components["schemas"]["BilingualText"];
      } | null;
    };
    FamilyMember: {
      ref: string;
      nameAr: string;
      nameEn: string;
      /** @enum {string} */
      sex: "M" | "F";
      birthDate: string;
      diedOn: string | null;
      /** @description What the person is in the report */
      roles: string[];
    };
    FamilyReport: {
      rows: components["schemas"]["ReportedFact"][];
      /** @description The paper of the hospital or the court */
      notice: {
        /** @description null where the report names none */
        reference: string | null;
        /**
         * @description `missing`: the source has none under this number. `not-read`: the source could not be asked just now
         * @enum {string}
         */
        state: "here" | "missing" | "not-read" | "none";
      };
    };
    ReportedFact: {
      field: string;
      label: components["schemas"]["BilingualText"];
      reported: components["schemas"]["Said"] | null;
      /** @description null where a notice says nothing of the kind */
      notice: components["schemas"]["Said"] | null;
      register: components["schemas"]["Said"] | null;
      /** @description What does not go with the report */
      differs: ("notice" | "register")[];
    };
    BirthTold: {
      nameAr: string;
      nameEn: string;
      on: string;
      sex: ("M" | "F") | null;
      father: string | null;
      mother: string | null;
    };
    Staff: {
      items: components["schemas"]["Colleague"][];
    };
    Colleague: {
      id: string;
      name: components["schemas"]["BilingualText"];
      roles: ("portal" | "caseworker" | "supervisor" | "committee" | "operator" | "auditor" | "analyst")[];
      office: string | null;
    };
    Statistics: {
      from: string;
      to: string;
      filed: {
          date: string;
          type: string;
          channel: string;
          office: string;
          status: string;
          beneficiary: string;
          cases: number;
        }[];
      /** @description Cases of any type that were completed in the period */
      completed: number;
      timeToCard: {
        /** @description Cards that were handed over in the period */
        cases: number;
        medianHours: number | null;
        p90Hours: number | null;
        /** @description Hours from the filing to the card; the last one is open */
        buckets: ({
            upTo: number | null;
            cases: number;
          })[];
      };
      waitsSpent: {
          what: string;
          text: components["schemas"]["BilingualText"];
          waits: number;
          hours: number;
          medianHours: number;
        }[];
      open: ({
          what: string;
          who: string | null;
          text: components["schemas"]["BilingualText"];
          cases: number;
          overdue: number;
        })[];
      texts: {
        types: {
          [key: string]: components["schemas"]["BilingualText"];
        };
        statuses: {
          [key: string]: components["schemas"]["BilingualText"];
        };
      };
    };
    Load: {
      items: ({
          who: string;
          cases: number;
          overdue: number;
          nextDeadline: string | null;
        })[];
    };
    HeadChecked: {
      /** @description Read so far */
      events: number;
      /** @description null but in the last line */
      verdict: ("whole" | "wrong-signature" | "events-missing" | "events-changed") | null;
    };
    ActionPreview: {
      /** @description What the applicant sees right after it */
      next: {
        status: string;
        text: components["schemas"]["BilingualText"];
        waitingFor: components["schemas"]["WaitingFor"] | null;
      };
      /** @description How far the case gets if all goes well and nobody else decides; the same as `next` where it waits for somebody */
      last: {
        status: string;
        text: components["schemas"]["BilingualText"];
        waitingFor: components["schemas"]["WaitingFor"] | null;
      };
      /** @description What is sent, word for word */
      messages: ({
          text: components["schemas"]["BilingualText"];
          /** @enum {string} */
          to: "applicant" | "others";
          /** @enum {string} */
          when: "at-once" | "later";
        })[];
      /** @description What goes back to the applicant */
      refund: components["schemas"]["Money"] | null;
    };
    NewWebhookEndpoint: {
      /** @example https://portal.example/tajdid */
      url: string;
      /** @description Types of case events, or `*` for all */
      types: ("*" | "AmendmentConfirmed" | "AmendmentDeclined" | "AmendmentPrepared" | "AmendmentRefused" | "AmendmentRequested" | "AppealAdmitted" | "AppealAllowed" | "AppealFiled" | "AppealOverdue" | "AppealRefused" | "AppealUpheld" | "ApplicantNotified" | "ApplicationAccepted" | "ApplicationRefused" | "ApplicationResubmitted" | "ApplicationSubmitted" | "ApplicationValidated" | "BureauAsked" | "CancellationRequested" | "CardDestroyed" | "CardDispatched" | "CardHandedOver" | "CardKept" | "CardNotRecovered" | "CardOrderRecalled" | "CardOrdered" | "CardPrintFailed" | "CardPrinted" | "CardRecallTooLate" | "CardReleased" | "CardReserved" | "CardReturnedToIssuer" | "CardsSwapped" | "CaseApproved" | "CaseClaimed" | "CaseClosed" | "CaseEscalated" | "CaseHeld" | "CaseReassigned" | "CaseRejected" | "CaseReset" | "CaseResumed" | "CaseReturned" | "CertificateIssued" | "ClaimLapsed" | "ClaimReleased" | "ClaimRenewed" | "CommitteeConvened" | "CommitteeReminded" | "ConfirmationExpired" | "ConsentAsked" | "ConsentDropped" | "ConsentGiven" | "ConsentOverdue" | "ConsentRefused" | "ConsentReminded" | "ConsentWithdrawn" | "CourierAsked" | "DeliveryFailed" | "DeliveryFailureWithdrawn" | "DivertedToOffice" | "DuplicateReviewReminded" | "DuplicatesChecked" | "EndingStarted" | "EventFoundDistinct" | "EventFoundSame" | "EventRegistered" | "EventReported" | "FactRepairDeclined" | "FactRepairProposed" | "FactRepaired" | "HoldReminded" | "IdCaseStarted" | "IncidentCleared" | "IncidentRaised" | "NewDecisionStarted" | "NoticeAccepted" | "NoticeFound" | "NoticeMissing" | "NoticeOverdue" | "NoticeTaskEscalated" | "NotificationFailed" | "OpenCasesFound" | "OpenCasesTold" | "ParcelCancelled" | "ParcelKept" | "PaymentAsked" | "PaymentAttemptFailed" | "PaymentCaptured" | "PaymentClosed" | "PaymentKept" | "PaymentReminded" | "PaymentRequested" | "PhotoJudged" | "PickupReminded" | "ReadyForPickup" | "RedeliveryAsked" | "RefundMade" | "RegisterAmended" | "RegistrationKept" | "RegistrationStarted" | "RejectionRecommended" | "ResetOrdered" | "RetryRequested" | "ReviewOpened" | "ReviewWarned" | "VoteCast")[];
    };
    WebhookEndpointCreated: {
      endpoint: components["schemas"]["WebhookEndpoint"];
      /** @description Checks the signatures. Shown here and nowhere else: keep it where secrets are kept */
      secret: string;
    };
    WebhookEndpoint: {
      id: string;
      url: string;
      types: string[];
      /** @enum {string} */
      state: "enabled" | "disabled";
      /** @description Why it is disabled */
      problem: ("gone" | "failing-for-three-days") | null;
      /** Format: date-time */
      createdAt: string;
      failingSince: string | null;
      lastSuccessAt: string | null;
      lastFailureAt: string | null;
      /** @description How the last attempt that failed ended, such as `timeout`, `redirect` or `http-500` */
      lastFailure: string | null;
      messages: {
        pending: number;
        failed: number;
      };
    };
    WebhookEndpoints: {
      items: components["schemas"]["WebhookEndpoint"][];
    };
    WebhookSecretRotated: {
      /** @description Checks the signatures. Shown here and nowhere else: keep it where secrets are kept */
      secret: string;
      /** Format: date-time */
      oldSecretUntil: string;
    };
    WebhookTest: {
      /** @description `delivered`, or what went wrong */
      outcome: string;
      ms: number;
    };
    RedeliverWebhooks: {
      /**
       * Format: date-time
       * @description Everything that happened since, delivered or not; without it what was given up
       */
      from?: string;
    };
    RedeliveryTaken: {
      messages: number;
    };
    Live: {
      /** @constant */
      status: "up";
    };
    Ready: {
      ready: boolean;
      checks: {
        [key: string]: "up" | "down";
      };
    };
    ProblemText: {
      /** Format: uri */
      type: string;
      code: string;
      status: number;
      titles: components["schemas"]["BilingualText"];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}

export type $defs = Record<string, never>;

export type external = Record<string, never>;

export interface operations {

  /**
   * Whether an identity document is valid today
   * @description The identity card of a citizen or a resident, or the visa of a visitor. For the document with this serial, or the one that the person has now. What does not fit together is `unknown`, whichever part of it is wrong. After wrong guesses about one person a client gets no answer about them for a while, right or wrong; after 5000 in an hour, whomever they are about, none about anybody until the next.
   */
  verifyDocument: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["VerificationQuestion"];
      };
    };
    responses: {
      /** @description The answer, signed */
      200: {
        content: {
          "application/json": components["schemas"]["VerificationAnswer"];
        };
      };
    };
  };
  /** The public keys that signed answers are checked by */
  signingKeys: {
    responses: {
      /** @description A JSON Web Key Set */
      200: {
        content: {
          "application/json": components["schemas"]["Jwks"];
        };
      };
    };
  };
  /** Who issues the credentials, and where the keys are */
  credentialIssuer: {
    responses: {
      /** @description The issuer */
      200: {
        content: {
          "application/json": components["schemas"]["JwtVcIssuer"];
        };
      };
    };
  };
  /**
   * A person's own record: My Data, and Enhanced My Data with `detail`
   * @description As JSON, or as a PDF where `Accept` asks for application/pdf. The read itself is on record, before it is answered.
   */
  readRecord: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["RecordAsked"];
      };
    };
    responses: {
      /** @description The record */
      200: {
        content: {
          "application/json": components["schemas"]["PersonalRecord"];
          "application/pdf": string;
        };
      };
    };
  };
  /**
   * Who has looked at or received a person's data, the latest first
   * @description From where a record, or a page of this list, left off. The same by the same on one day is one line. The read itself is on record, and is no transaction.
   */
  listAccesses: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["AccessesAsked"];
      };
    };
    responses: {
      /** @description A page of the list */
      200: {
        content: {
          "application/json": components["schemas"]["AccessList"];
        };
      };
    };
  };
  /**
   * What the renewal of a card costs today, and once it has expired
   * @description Nothing is filed. A photo that is not usable and another open renewal show only with a filing. The question itself is on record, before it is answered, and is no transaction.
   */
  askRenewalCost: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["RenewalCostAsked"];
      };
    };
    responses: {
      /** @description The costs */
      200: {
        content: {
          "application/json": components["schemas"]["RenewalCost"];
        };
      };
    };
  };
  /**
   * What a person wants to be told
   * @description What was chosen stands in `contact` of the record.
   */
  setPreferences: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["PreferencesWanted"];
      };
    };
    responses: {
      /** @description As it is from now on */
      200: {
        content: {
          "application/json": components["schemas"]["Preferences"];
        };
      };
    };
  };
  /**
   * Report a card lost
   * @description From that moment on a verification answers `reported-lost`, for good, and the holder is told. The same card again is answered as the first time: the first report stands. A new card is asked for by a renewal.
   */
  reportCardLost: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["CardLossReported"];
      };
    };
    responses: {
      /** @description On record */
      200: {
        content: {
          "application/json": components["schemas"]["CardLoss"];
        };
      };
    };
  };
  /**
   * How satisfied the applicant was, once, after the case has closed
   * @description The same answer again is answered as the first time; another one is refused.
   */
  giveSatisfaction: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SatisfactionGiven"];
      };
    };
    responses: {
      /** @description On record */
      201: {
        content: {
          "application/json": components["schemas"]["Satisfaction"];
        };
      };
    };
  };
  /**
   * The statement of a month, compared with the month before
   * @description A fold of the logs: asked again, a month that is over gives the same answer. As JSON, as CSV (text/csv) or as a page (application/pdf).
   */
  getStatement: {
    parameters: {
      query: {
        /** @description A month in Riyadh, YYYY-MM */
        month: string;
        /** @description Of the PDF */
        language?: "ar" | "en";
      };
    };
    responses: {
      /** @description The statement */
      200: {
        content: {
          "application/json": components["schemas"]["Statement"];
          "text/csv": string;
          "application/pdf": string;
        };
      };
    };
  };
  /**
   * Verify a file of identity documents
   * @description Up to 10000 lines: CSV with a header of `identity_number`, `birth_date` or `card_serial`, and perhaps `reference`; or JSON `{"lines": [{"identityNumber", "birthDate" | "cardSerial", "reference"?}]}`. UTF-8. A bad line is refused for itself and the rest is done. Where a client's files are wrong about more than 4000 lines in an hour, the rest of the file waits for the next. The file and its result are kept for thirty days.
   */
  verifyInBulk: {
    parameters: {
      header: {
        /** @description 1 to 128 printable characters, no number of a person among them; the same key again meets the same thing */
        "Idempotency-Key": string;
      };
    };
    requestBody: {
      content: {
        "text/csv": string;
        "application/json": components["schemas"]["BulkLines"];
      };
    };
    responses: {
      /** @description Taken in */
      202: {
        headers: {
          Location?: string;
        };
        content: {
          "application/json": components["schemas"]["BulkVerification"];
        };
      };
    };
  };
  /** How far a file has come */
  getBulkVerification: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description Its state */
      200: {
        content: {
          "application/json": components["schemas"]["BulkVerification"];
        };
      };
    };
  };
  /**
   * The answers to a file
   * @description As JSON or as CSV (text/csv), in which a cell that a spreadsheet would take for a formula is made a text. Each answer is signed by itself, as that to a single question is, and holds until the end of the day on which it was checked; lines without a verdict have none.
   */
  getBulkResult: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description A line for each line */
      200: {
        content: {
          "application/json": components["schemas"]["BulkResult"];
          "text/csv": string;
        };
      };
    };
  };
  /** The official bodies that a person can share data with */
  listOfficialBodies: {
    responses: {
      /** @description All of them */
      200: {
        content: {
          "application/json": components["schemas"]["OfficialBodies"];
        };
      };
    };
  };
  /**
   * Let an official body read chosen fields for a purpose and a time
   * @description The person is told, now and at each fetch. The same key again meets the same share, as long as it stands.
   */
  grantShare: {
    parameters: {
      header: {
        /** @description 1 to 128 printable characters, no number of a person among them; the same key again meets the same thing */
        "Idempotency-Key": string;
      };
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ShareGranted"];
      };
    };
    responses: {
      /** @description Granted */
      201: {
        headers: {
          Location?: string;
        };
        content: {
          "application/json": components["schemas"]["ShareWithCredential"];
        };
      };
    };
  };
  /** Revoke a share at once */
  revokeShare: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": {
          /**
           * @description Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number
           * @example 1000000008
           */
          identityNumber: string;
        };
      };
    };
    responses: {
      /** @description The share as it is now */
      200: {
        content: {
          "application/json": components["schemas"]["Share"];
        };
      };
    };
  };
  /**
   * What a person shares and has shared, the latest first
   * @description With what each was for, what it is now, and where it is revoked.
   */
  listOwnShares: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["OwnSharesAsked"];
      };
    };
    responses: {
      /** @description A page of shares, without their data */
      200: {
        content: {
          "application/json": components["schemas"]["OwnShareList"];
        };
      };
    };
  };
  /** The receipts of what people shared with you, the latest first */
  listShares: {
    parameters: {
      query?: {
        cursor?: string;
      };
    };
    responses: {
      /** @description A page of shares, without their data */
      200: {
        content: {
          "application/json": components["schemas"]["ShareList"];
        };
      };
    };
  };
  /**
   * What a person shared with you
   * @description For the body that it was shared with, by its own token. Each fetch is on record and told to the person; where it holds the family, it is on record for each living relative too. The portal through which it was granted reads what the share is now, without the data.
   */
  fetchShare: {
    parameters: {
      query?: {
        /** @description Some of the granted fields, separated by commas; all when absent */
        fields?: string;
      };
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The data; or the share without them */
      200: {
        content: {
          "application/json": components["schemas"]["SharedData"] | components["schemas"]["Share"];
        };
      };
    };
  };
  /** Whether a share still stands, for whoever was shown its credential */
  shareStatus: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description Its state and nothing else */
      200: {
        content: {
          "application/json": {
            /** @enum {string} */
            state: "active" | "revoked" | "expired";
          };
        };
      };
    };
  };
  /** Cases by filters */
  listCases: {
    parameters: {
      query?: {
        /** @description How the number of the case begins, at least four signs of it */
        number?: string;
        type?: "id-renewal" | "family-registration" | "appeal" | "record-amendment";
        status?: "SUBMITTED" | "AWAITING_PAYMENT" | "PHOTO_CHECK" | "IN_REVIEW" | "RETURNED" | "APPROVED" | "PRINT_QUEUED" | "PRINTED" | "DISPATCHED" | "READY_FOR_PICKUP" | "DELIVERED" | "COLLECTED" | "COMPLETED" | "COMPENSATING" | "CANCELLED" | "EXPIRED" | "REJECTED" | "CLOSED_UNCOLLECTED" | "ELIGIBILITY" | "EVIDENCE_CHECK" | "DUPLICATE_CHECK" | "DUPLICATE_REVIEW" | "AWAITING_CONSENT" | "COMMITTEE" | "REGISTERING" | "REGISTERED" | "LINKED" | "ADMISSIBILITY" | "DECIDED" | "UPHELD" | "ALLOWED" | "CHECKING" | "AWAITING_CONFIRMATION" | "AMENDING" | "AMENDED" | "ENDING" | "ON_HOLD" | "INCIDENT";
        office?: string;
        channel?: string;
        /** @description For staff: the list of a portal is all its own, and heeds this not */
        clientId?: string;
        /** @description For staff: the list of a portal is all its own, and heeds this not */
        subject?: string;
        /** @description The cases that came of this one: an appeal, the decision after an appeal, the first card of an identified member */
        parent?: string;
        waitingWho?: "applicant" | "caseworker" | "supervisor" | "committee" | "operator" | "card-bureau" | "courier" | "consenter" | "evidence-source" | "tajdid";
        /** @description For staff: the list of a portal is all its own, and heeds this not */
        claimedBy?: string;
        /** @description For staff: the list of a portal is all its own, and heeds this not */
        incidentCode?: string;
        overdue?: "true" | "false";
        /** @description For staff: the list of a portal is all its own, and heeds this not */
        hasIncident?: "true" | "false";
        open?: "true" | "false";
        /** @description Inclusive */
        filedFrom?: string;
        /** @description Exclusive */
        filedTo?: string;
        sort?: "newest" | "oldest" | "waitingUntil";
        cursor?: string;
        limit?: string;
      };
    };
    responses: {
      /** @description A page of cases */
      200: {
        content: {
          "application/json": components["schemas"]["CasePage"];
        };
      };
    };
  };
  /**
   * File a case
   * @description Answers once the filing is decided: as far as the first wait, or refused by a rule, which is an answer too (`refusedBy`). The same client, key and body get the same answer, byte for byte.
   */
  fileCase: {
    parameters: {
      header: {
        /**
         * @description 1 to 128 printable characters, one for each application, whatever its type. The id of the case follows from it, so it holds no number of a person: your own number of the application, or a random one
         * @example b7f0c1e2-renewal
         */
        "Idempotency-Key": string;
      };
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["FileCase"];
      };
    };
    responses: {
      /** @description The case as it stood after its filing */
      201: {
        headers: {
          Location?: string;
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * What payments tells us
   * @description Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.
   */
  receivePaymentsWebhook: {
    parameters: {
      header: {
        /** @description As Standard Webhooks say */
        "webhook-id": string;
        /** @description As Standard Webhooks say */
        "webhook-timestamp": string;
        /** @description As Standard Webhooks say */
        "webhook-signature": string;
      };
    };
    requestBody: {
      content: {
        "application/json": unknown;
      };
    };
    responses: {
      /** @description Taken */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookTaken"];
        };
      };
    };
  };
  /**
   * What card-bureau tells us
   * @description Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.
   */
  receiveCardBureauWebhook: {
    parameters: {
      header: {
        /** @description As Standard Webhooks say */
        "webhook-id": string;
        /** @description As Standard Webhooks say */
        "webhook-timestamp": string;
        /** @description As Standard Webhooks say */
        "webhook-signature": string;
      };
    };
    requestBody: {
      content: {
        "application/json": unknown;
      };
    };
    responses: {
      /** @description Taken */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookTaken"];
        };
      };
    };
  };
  /**
   * What courier tells us
   * @description Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.
   */
  receiveCourierWebhook: {
    parameters: {
      header: {
        /** @description As Standard Webhooks say */
        "webhook-id": string;
        /** @description As Standard Webhooks say */
        "webhook-timestamp": string;
        /** @description As Standard Webhooks say */
        "webhook-signature": string;
      };
    };
    requestBody: {
      content: {
        "application/json": unknown;
      };
    };
    responses: {
      /** @description Taken */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookTaken"];
        };
      };
    };
  };
  /**
   * Upload a portrait
   * @description JPEG or PNG, up to 8 MB. The same bytes for the same person give the same documentRef. The picture alone is kept, without what its camera wrote beside it.
   */
  uploadDocument: {
    parameters: {
      header: {
        /**
         * @description Whose portrait it is
         * @example 1000000008
         */
        "Identity-Number": string;
      };
    };
    requestBody: {
      content: {
        "image/jpeg": string;
        "image/png": string;
      };
    };
    responses: {
      /** @description Kept, and measured */
      201: {
        content: {
          "application/json": components["schemas"]["DocumentKept"];
        };
      };
    };
  };
  /**
   * Whether a certificate still holds, for whoever was shown it
   * @description For everybody, without a token. The code is what the QR code on the paper says. A certificate of an event holds until its entry is corrected or revoked; a family record holds on its day.
   */
  verifyCertificate: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["CertificateQuestion"];
      };
    };
    responses: {
      /** @description The answer, signed */
      200: {
        content: {
          "application/json": components["schemas"]["CertificateAnswer"];
        };
      };
    };
  };
  /**
   * The certificate of a registered family event
   * @description As JSON, or as a PDF in Arabic and English where `Accept` asks for application/pdf. A portal names in `Identity-Number` for whom it asks: a party to the event or its reporter; for anybody else there is no such certificate. Staff see those of their office.
   */
  getCertificate: {
    parameters: {
      header?: {
        /**
         * @description For whom a portal asks; staff leave it out
         * @example 1000000008
         */
        "Identity-Number"?: string;
      };
      path: {
        /** @description As printed on the certificate */
        serial: string;
      };
    };
    responses: {
      /** @description The certificate */
      200: {
        content: {
          "application/json": components["schemas"]["Certificate"];
          "application/pdf": string;
        };
      };
    };
  };
  /**
   * A person's family record as it stands today
   * @description The person, the wives of the day and the children, folded from the entries of the register; as JSON, or as a PDF in Arabic and English where `Accept` asks for application/pdf. The read itself is on record, before it is answered.
   */
  readFamilyRecord: {
    requestBody: {
      content: {
        "application/json": components["schemas"]["FamilyRecordAsked"];
      };
    };
    responses: {
      /** @description The record */
      200: {
        content: {
          "application/json": components["schemas"]["FamilyRecord"];
          "application/pdf": string;
        };
      };
    };
  };
  /** A case: its status, what it waits for, and what you may do */
  getCase: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The case */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /** What happened in a case, in order */
  listCaseEvents: {
    parameters: {
      query?: {
        after?: string;
        limit?: string;
      };
      path: {
        id: string;
      };
    };
    responses: {
      /** @description A page of events */
      200: {
        content: {
          "application/json": components["schemas"]["CaseEventPage"];
        };
      };
    };
  };
  /** Open cases that wait for you or your colleagues, the nearest deadline first */
  listWork: {
    parameters: {
      query?: {
        /** @description `claimable`: unclaimed, and claimed as it stands. For supervisors: `awaiting` one, `four-eyes`: rejection is recommended, `escalated`, `held` */
        view?: "mine" | "office" | "unclaimed" | "overdue" | "claimable" | "awaiting" | "four-eyes" | "escalated" | "held";
        /** @description For central staff, the committee and operators; else your own */
        office?: string;
        type?: "id-renewal" | "family-registration" | "appeal" | "record-amendment";
        /** @description With how many there are of each view; `team` counts the views of supervisors too */
        counts?: "true" | "false" | "team";
        sort?: "waitingUntil" | "oldest" | "newest";
        cursor?: string;
        limit?: string;
      };
    };
    responses: {
      /** @description A page of work */
      200: {
        content: {
          "application/json": components["schemas"]["WorkPage"];
        };
      };
    };
  };
  /**
   * The events of a case as they happen, as server-sent events
   * @description Starts with the first event, or after the one named by Last-Event-ID. Each has the version as its id and a CaseEvent as its data. When the case closes, `closed` is sent and the stream ends; coming back to a closed case of which everything was sent is answered with 204, which tells an EventSource to stop. Staff hear `viewers` too: who of their colleagues has the case open. The stream ends with the token that it was asked for with: come back with another.
   */
  streamCase: {
    parameters: {
      header?: {
        /**
         * @description The version of the last event that you got
         * @example 4
         */
        "Last-Event-ID"?: string;
      };
      path: {
        id: string;
      };
    };
    responses: {
      /** @description A stream of CaseEvents */
      200: {
        content: {
          "text/event-stream": string;
        };
      };
      /** @description The case is closed, and everything was sent before: nothing more comes */
      204: {
        content: never;
      };
    };
  };
  /**
   * What a decision rests on: the person, the card, the photo and what was measured on it
   * @description Personal data: for the staff who decide, and for auditors.
   */
  getEvidence: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The evidence */
      200: {
        content: {
          "application/json": components["schemas"]["Evidence"];
        };
      };
    };
  };
  /** The portrait of a case, or of the card before */
  getPhoto: {
    parameters: {
      query?: {
        which?: "current" | "last";
        /** @description Changes with the photo, for caches */
        v?: string;
      };
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The image */
      200: {
        content: {
          "image/jpeg": string;
        };
      };
    };
  };
  /**
   * What was said: the reason of a decision, or a note between colleagues
   * @description `reason` is the last part of the `reasonRef` of an event or a decision.
   */
  getReason: {
    parameters: {
      path: {
        id: string;
        reason: string;
      };
    };
    responses: {
      /** @description The words */
      200: {
        content: {
          "application/json": components["schemas"]["Reason"];
        };
      };
    };
  };
  /**
   * The card of a case, drawn: both sides as a PDF, or one as a picture
   * @description What the card bureau lays out from the record it was sent, at its true size: 85.6 x 53.98 mm, pictures at 300 dots an inch. Personal data: for the staff who decide, and for auditors.
   */
  getCard: {
    parameters: {
      query?: {
        /** @description A PDF of two pages, or a PNG of one side */
        form?: "pdf" | "front" | "back";
      };
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The card */
      200: {
        content: {
          "application/pdf": string;
          "image/png": string;
        };
      };
    };
  };
  /**
   * Who is who in a family case: the people, their kin, and what could be the same event
   * @description Personal data: for the staff who decide, and for auditors.
   */
  getFamilyEvidence: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The evidence */
      200: {
        content: {
          "application/json": components["schemas"]["FamilyEvidence"];
        };
      };
    };
  };
  /**
   * Which cases change, as it happens, as server-sent events
   * @description `case-changed` names a case with its version, status and office; `gap` says that some were missed and the queue has to be read again. The stream ends with the token that it was asked for with: come back with another.
   */
  streamWork: {
    responses: {
      /** @description A stream of changes */
      200: {
        content: {
          "text/event-stream": string;
        };
      };
    };
  };
  /**
   * Your colleagues: whoever of the agency has signed in, by name
   * @description Of your office and the central staff; of every office for central staff and operators.
   */
  listStaff: {
    responses: {
      /** @description By staff number */
      200: {
        content: {
          "application/json": components["schemas"]["Staff"];
        };
      };
    };
  };
  /** Cases filed and completed in a period, how long cards took, and where the waiting happened */
  getStatistics: {
    parameters: {
      query?: {
        /** @description A date in Riyadh; 30 days ago when absent */
        from?: string;
        /** @description Included; today when absent */
        to?: string;
        office?: string;
      };
    };
    responses: {
      /** @description The numbers */
      200: {
        content: {
          "application/json": components["schemas"]["Statistics"];
        };
      };
    };
  };
  /** Who has how many open cases in hand */
  getLoad: {
    responses: {
      /** @description The load of each colleague who has any */
      200: {
        content: {
          "application/json": components["schemas"]["Load"];
        };
      };
    };
  };
  /** Incidents by cause, the largest group first, each with its remedy */
  listIncidents: {
    parameters: {
      query?: {
        source?: string;
        code?: string;
        type?: string;
        step?: string;
        office?: string;
      };
    };
    responses: {
      /** @description The groups */
      200: {
        content: {
          "application/json": {
            items: ({
                source: string;
                code: string;
                kind: string;
                cases: number;
                retrying: number;
                since: string;
                last: string;
                types: string[];
                steps: string[];
                stepTexts: {
                    ar: string;
                    en: string;
                  }[];
                example: string;
                message: string;
                remedy: {
                  /** @enum {string} */
                  action: "retry" | "repair" | "release" | "look";
                  text: {
                    ar: string;
                    en: string;
                  };
                  runbook: string;
                };
              })[];
            /** @description Waits that have gone silent, by how; they are of no party and in no scope */
            stalls: {
                what: string;
                text: {
                  ar: string;
                  en: string;
                };
                cases: number;
                since: string;
                last: string;
                example: string;
                remedy: {
                  ar: string;
                  en: string;
                };
              }[];
          };
        };
      };
    };
  };
  /** The cases of a group, one by one */
  listIncidentCases: {
    parameters: {
      query?: {
        source?: string;
        code?: string;
        type?: string;
        step?: string;
        office?: string;
        after?: string;
      };
    };
    responses: {
      /** @description A page of cases */
      200: {
        content: {
          "application/json": {
            items: {
                caseId: string;
                type: string;
                stage: string;
                office: string;
                version: number;
                incident: {
                  step: string;
                  since: string;
                  last: string;
                  attempts: number;
                  kind: string;
                  source: string;
                  code: string;
                  message: string;
                  retrying: boolean;
                };
                texts: {
                  status: {
                    ar: string;
                    en: string;
                  };
                  step: {
                    ar: string;
                    en: string;
                  };
                };
                /** @description Made so far, and standing */
                effects: {
                    kind: string;
                    what: {
                      ar: string;
                      en: string;
                    };
                  }[];
              }[];
            next: string | null;
          };
        };
      };
    };
  };
  /** Why a case stands where it stands: incident, remedy, effects, what can be repaired, and the steps it can go back to */
  explainCase: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The case, for who has to get it going */
      200: {
        content: {
          "application/json": {
            id: string;
            type: string;
            status: string;
            version: number;
            office: string;
            policyVersion: string;
            waitingFor: {
              what: string;
              who: string;
              since: string;
              until: string;
              otherwise: string;
            } | null;
            incident: {
              step: string;
              since: string;
              last: string;
              attempts: number;
              kind: string;
              source: string;
              code: string;
              message: string;
              retrying: boolean;
            } | null;
            /** @description The step of the incident, in words */
            stepText: {
              ar: string;
              en: string;
            } | null;
            remedy: ({
              /** @enum {string} */
              action: "retry" | "repair" | "release" | "look";
              text: {
                ar: string;
                en: string;
              };
              runbook: string;
            }) | null;
            /** @description How its wait has gone silent, if it has */
            stalls: {
                what: string;
                text: {
                  ar: string;
                  en: string;
                };
                detail: {
                  ar: string;
                  en: string;
                };
                since: string;
                remedy: {
                  ar: string;
                  en: string;
                };
              }[];
            effects: {
                key: string;
                kind: string;
                what: {
                  ar: string;
                  en: string;
                };
                version: number;
                at: string;
                undoneBy?: number;
              }[];
            /** @description null: the engine knows no run of it. `silent`: it does not answer; the rest is in the log */
            engine: ({
              status: string;
              events: number;
              workerVersion: string;
            } | "silent") | null;
            repairable: {
                field: string;
                title: {
                  ar: string;
                  en: string;
                };
                value: string;
                secondPerson: boolean;
              }[];
            resets: {
                step: string;
                title: {
                  ar: string;
                  en: string;
                };
                effects: string[];
                pinOnly: string[];
              }[];
            /** @description Waits for a second person */
            repair: {
              field: string;
              value: unknown;
              by: string;
              at: string;
            } | null;
            resetting: {
              to: string;
              pinned: string[];
              compensate: string[];
              by: string;
            } | null;
          };
        };
      };
    };
  };
  /** End the run of a case that does not fit the code, and begin another one from its log */
  restartCase: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The new run */
      200: {
        content: {
          "application/json": {
            runId: string;
            status: string;
          };
        };
      };
    };
  };
  /** What a case’s log says it has made, beside what the outside says */
  compareLedgers: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description Line by line */
      200: {
        content: {
          "application/json": {
            agrees: boolean;
            items: {
                what: string;
                caseSays: string;
                outsideSays: string;
                /**
                 * @description Why the party could not be asked
                 * @example card-bureau http-503
                 */
                unasked?: string;
                agrees: boolean;
              }[];
          };
        };
      };
    };
  };
  /** What a retry of this scope would be about; nothing is done */
  previewRetry: {
    requestBody: {
      content: {
        "application/json": {
          cases?: string[];
          scope?: {
            source?: string;
            code?: string;
            type?: string;
            step?: string;
            office?: string;
          };
          /** @constant */
          everything?: true;
        };
      };
    };
    responses: {
      /** @description Groups and their size, and the first cases */
      200: {
        content: {
          "application/json": {
            /** @description So many would be retried */
            total: number;
            /** @description Fit too, and are being retried already */
            underWay: number;
            groups: {
                source: string;
                code: string;
                kind: string;
                cases: number;
                retrying: number;
                since: string;
                last: string;
                types: string[];
                steps: string[];
                stepTexts: {
                    ar: string;
                    en: string;
                  }[];
                example: string;
                message: string;
              }[];
            /** @description The first of them */
            first: {
                caseId: string;
                type: string;
                stage: string;
                office: string;
                version: number;
                incident: {
                  step: string;
                  since: string;
                  last: string;
                  attempts: number;
                  kind: string;
                  source: string;
                  code: string;
                  message: string;
                  retrying: boolean;
                };
                texts: {
                  status: {
                    ar: string;
                    en: string;
                  };
                  step: {
                    ar: string;
                    en: string;
                  };
                };
                /** @description Made so far, and standing */
                effects: {
                    kind: string;
                    what: {
                      ar: string;
                      en: string;
                    };
                  }[];
              }[];
          };
        };
      };
    };
  };
  /** Retries, the newest first */
  listRetries: {
    responses: {
      /** @description The newest */
      200: {
        content: {
          "application/json": {
            items: ({
                id: string;
                kind: string;
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                reasonRef: string | null;
                scope: {
                  [key: string]: unknown;
                };
                perSecond: number;
                createdAt: string;
                startedAt: string | null;
                endedAt: string | null;
                counts: {
                  [key: string]: number;
                };
                acts: ({
                    what: string;
                    actor: {
                      id: string;
                      role: string;
                      office?: string;
                    };
                    at: string;
                    reasonRef?: string | null;
                  })[];
              })[];
          };
        };
      };
    };
  };
  /** Retry incidents, so many a second; each is done only when its case has moved past the step */
  startRetry: {
    parameters: {
      header: {
        /**
         * @description The same key again is the same operation
         * @example night-2026-11-23-1
         */
        "Idempotency-Key": string;
      };
    };
    requestBody: {
      content: {
        "application/json": {
          cases?: string[];
          scope?: {
            source?: string;
            code?: string;
            type?: string;
            step?: string;
            office?: string;
          };
          /** @constant */
          everything?: true;
          /** @default 5 */
          perSecond?: number;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The retry, started */
      201: {
        headers: {
          Location?: string;
        };
        content: {
          "application/json": {
            id: string;
            kind: string;
            actor: {
              id: string;
              role: string;
              office?: string;
            };
            reasonRef: string | null;
            scope: {
              [key: string]: unknown;
            };
            perSecond: number;
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            counts: {
              [key: string]: number;
            };
            acts: ({
                what: string;
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                at: string;
                reasonRef?: string | null;
              })[];
          };
        };
      };
    };
  };
  /** How far a retry has come */
  getRetry: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The retry */
      200: {
        content: {
          "application/json": {
            id: string;
            kind: string;
            actor: {
              id: string;
              role: string;
              office?: string;
            };
            reasonRef: string | null;
            scope: {
              [key: string]: unknown;
            };
            perSecond: number;
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            counts: {
              [key: string]: number;
            };
            acts: ({
                what: string;
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                at: string;
                reasonRef?: string | null;
              })[];
            /** @description In words, for as long as they are kept */
            reason: string | null;
          };
        };
      };
    };
  };
  /** What became of each case */
  listRetryItems: {
    parameters: {
      query?: {
        state?: "waiting" | "asked" | "moved" | "failed-again" | "not-needed" | "refused" | "unsettled" | "cancelled";
        after?: string;
      };
      path: {
        id: string;
      };
    };
    responses: {
      /** @description A page of cases */
      200: {
        content: {
          "application/json": {
            items: ({
                caseId: string;
                version: number;
                step: string;
                source: string;
                code: string;
                /** @enum {string} */
                state: "waiting" | "asked" | "moved" | "failed-again" | "not-needed" | "refused" | "unsettled" | "cancelled";
                detail: {
                  ar: string;
                  en: string;
                } | null;
                askedAt: string | null;
                endedAt: string | null;
              })[];
            next: string | null;
          };
        };
      };
    };
  };
  /** Stop a retry: what was not asked yet stays as it is */
  stopRetry: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The retry */
      200: {
        content: {
          "application/json": {
            id: string;
            kind: string;
            actor: {
              id: string;
              role: string;
              office?: string;
            };
            reasonRef: string | null;
            scope: {
              [key: string]: unknown;
            };
            perSecond: number;
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            counts: {
              [key: string]: number;
            };
            acts: ({
                what: string;
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                at: string;
                reasonRef?: string | null;
              })[];
          };
        };
      };
    };
  };
  /** Go on with a stopped retry */
  resumeRetry: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The retry */
      200: {
        content: {
          "application/json": {
            id: string;
            kind: string;
            actor: {
              id: string;
              role: string;
              office?: string;
            };
            reasonRef: string | null;
            scope: {
              [key: string]: unknown;
            };
            perSecond: number;
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            counts: {
              [key: string]: number;
            };
            acts: ({
                what: string;
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                at: string;
                reasonRef?: string | null;
              })[];
          };
        };
      };
    };
  };
  /** End a retry: what was not asked yet never will be */
  cancelRetry: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The retry */
      200: {
        content: {
          "application/json": {
            id: string;
            kind: string;
            actor: {
              id: string;
              role: string;
              office?: string;
            };
            reasonRef: string | null;
            scope: {
              [key: string]: unknown;
            };
            perSecond: number;
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            counts: {
              [key: string]: number;
            };
            acts: ({
                what: string;
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                at: string;
                reasonRef?: string | null;
              })[];
          };
        };
      };
    };
  };
  /** Waits that have gone silent, each with its remedy */
  listStalls: {
    parameters: {
      query?: {
        all?: "true" | "false";
      };
    };
    responses: {
      /** @description What is open, or all */
      200: {
        content: {
          "application/json": {
            items: ({
                caseId: string;
                what: string;
                text: {
                  ar: string;
                  en: string;
                } | null;
                remedy: {
                  ar: string;
                  en: string;
                } | null;
                detail: {
                  ar: string;
                  en: string;
                };
                firstSeen: string;
                lastSeen: string;
                times: number;
                remedied: string | null;
                clearedAt: string | null;
              })[];
          };
        };
      };
    };
  };
  /** Look for stalls now, and wake what can be woken */
  scanStalls: {
    requestBody: {
      content: {
        "application/json": {
          reason: string;
          /** @description The outside is asked about whatever it has been silent about for so long; the watch decides where it is not given */
          silentForMinutes?: number;
        };
      };
    };
    responses: {
      /** @description What was found */
      200: {
        content: {
          "application/json": {
            looked: number;
            found: number;
            cleared: number;
            /** @description Cases that could not be looked at */
            failed?: number;
          };
        };
      };
    };
  };
  /** Engine, database, clocks, versions, keys and webhooks, as the API sees them: is everything well? */
  examine: {
    responses: {
      /** @description One finding for each check */
      200: {
        content: {
          "application/json": {
            items: ({
                check: string;
                title: {
                  ar: string;
                  en: string;
                };
                /** @enum {string} */
                state: "well" | "warning" | "wrong";
                says: {
                  ar: string;
                  en: string;
                };
              })[];
          };
        };
      };
    };
  };
  /** What operators did to the system as a whole, the newest first, each with who and why */
  listOperatorActs: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        before?: string;
      };
    };
    responses: {
      /** @description A page of acts */
      200: {
        content: {
          "application/json": {
            items: ({
                seq: number;
                what: string;
                about: {
                  [key: string]: string | number;
                };
                actor: {
                  id: string;
                  role: string;
                  office?: string;
                };
                reasonRef: string;
                at: string;
                /** @description In words, for as long as they are kept */
                reason: string | null;
              })[];
            next: number | null;
          };
        };
      };
    };
  };
  /** Repairs that wait for a second person */
  listProposedRepairs: {
    parameters: {
      query?: {
        after?: string;
      };
    };
    responses: {
      /** @description A page of repairs */
      200: {
        content: {
          "application/json": {
            items: ({
                caseId: string;
                type: string;
                office: string;
                version: number;
                field: string;
                title: {
                  ar: string;
                  en: string;
                };
                now: string | null;
                value: string;
                by: string;
                at: string;
                texts: {
                  status: {
                    ar: string;
                    en: string;
                  };
                };
              })[];
            next: string | null;
          };
        };
      };
    };
  };
  /** Worker versions and policy versions with the open cases of each, and the workers that ask for work */
  listVersions: {
    responses: {
      /** @description Versions and workers */
      200: {
        content: {
          "application/json": {
            deployment: ({
              name: string;
              current: string | null;
              ramping: {
                buildId: string;
                percent: number;
              } | null;
              versions: ({
                  buildId: string;
                  state: string;
                  since: string | null;
                  /** @description Open cases that run on it */
                  cases: number;
                })[];
            }) | null;
            /** @description Open cases that run on no version */
            unversioned: number;
            workers: {
                identity: string;
                lastSeen: string;
                buildId?: string;
              }[];
            /** @description Open cases by policy version */
            policies: {
                type: string;
                policyVersion: string;
                cases: number;
                oldest: string;
              }[];
          };
        };
      };
    };
  };
  /**
   * Make a worker version the current one; with the version before, a rollback
   * @description New cases begin on it, and waiting ones move to it with their next step. Nothing changes unless its workers ask for work on every queue. Check it with `tajdid release` first.
   */
  promoteVersion: {
    requestBody: {
      content: {
        "application/json": {
          /** @description As WORKER_BUILD_ID names it */
          version: string;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The versions as they are then */
      200: {
        content: {
          "application/json": {
            deployment: ({
              name: string;
              current: string | null;
              ramping: {
                buildId: string;
                percent: number;
              } | null;
              versions: ({
                  buildId: string;
                  state: string;
                  since: string | null;
                  /** @description Open cases that run on it */
                  cases: number;
                })[];
            }) | null;
            /** @description Open cases that run on no version */
            unversioned: number;
            workers: {
                identity: string;
                lastSeen: string;
                buildId?: string;
              }[];
            /** @description Open cases by policy version */
            policies: {
                type: string;
                policyVersion: string;
                cases: number;
                oldest: string;
              }[];
          };
        };
      };
    };
  };
  /** Let a share of new cases begin on a worker version first */
  rampVersion: {
    requestBody: {
      content: {
        "application/json": {
          /** @description As WORKER_BUILD_ID names it */
          version: string;
          /** @description Of new cases; 0 takes the ramp back */
          percent: number;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The versions as they are then */
      200: {
        content: {
          "application/json": {
            deployment: ({
              name: string;
              current: string | null;
              ramping: {
                buildId: string;
                percent: number;
              } | null;
              versions: ({
                  buildId: string;
                  state: string;
                  since: string | null;
                  /** @description Open cases that run on it */
                  cases: number;
                })[];
            }) | null;
            /** @description Open cases that run on no version */
            unversioned: number;
            workers: {
                identity: string;
                lastSeen: string;
                buildId?: string;
              }[];
            /** @description Open cases by policy version */
            policies: {
                type: string;
                policyVersion: string;
                cases: number;
                oldest: string;
              }[];
          };
        };
      };
    };
  };
  /** Open cases, each with the code and the policy version that it runs */
  listCaseVersions: {
    parameters: {
      query?: {
        type?: string;
        policyVersion?: string;
        after?: string;
      };
    };
    responses: {
      /** @description A page of cases */
      200: {
        content: {
          "application/json": {
            items: ({
                caseId: string;
                type: string;
                office: string;
                version: number;
                filedAt: string;
                policyVersion: string;
                texts: {
                  status: {
                    ar: string;
                    en: string;
                  };
                };
                /** @description null: the engine does not know it */
                engine: ({
                  status: string;
                  events: number;
                  behaviour: string;
                  workerVersion: string | null;
                }) | null;
              })[];
            next: string | null;
          };
        };
      };
    };
  };
  /** Walks the hash chain of a case */
  auditCase: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description Whether it is what was appended */
      200: {
        content: {
          "application/json": {
            events: number;
            head: string;
            broken: {
              version: number;
              what: string;
            } | null;
          };
        };
      };
    };
  };
  /**
   * Walks the hash chains of the whole log, a part at a time
   * @description Each answer is about one part and names the next; the audit is over when `next` is null. Left off, it can be gone on with later and elsewhere.
   */
  auditLog: {
    parameters: {
      query?: {
        /** @description `next` of the part before; without it, from the beginning */
        after?: string;
      };
    };
    responses: {
      /** @description What this part came to */
      200: {
        content: {
          "application/json": {
            /** @description Walked in this part */
            cases: number;
            events: number;
            broken: {
                caseId: string;
                version: number;
                what: string;
              }[];
            /** @description null: this was the last part */
            next: string | null;
          };
        };
      };
    };
  };
  /**
   * Holds the log against a signed head that was exported before
   * @description Every event up to the head is read once. Lines of JSON: how far it is, and last of all the verdict; without a verdict the check was not finished. Heads are signed on the command line alone, because the key that signs belongs where nobody of this database can read it.
   */
  checkHead: {
    requestBody: {
      content: {
        "application/json": {
          /** @description What `tajdid audit head` wrote */
          head: {
            seq: number;
            events: number;
            digest: string;
            at: string;
            publicKey: string;
            signature: string;
          };
          /** @description Who signs heads (PEM, Ed25519), known from elsewhere: the one inside the head proves nothing */
          publicKey: string;
        };
      };
    };
    responses: {
      /** @description Progress, and the verdict in the last line */
      200: {
        content: {
          "application/x-ndjson": components["schemas"]["HeadChecked"];
        };
      };
    };
  };
  /**
   * What the applicant would get, if this were done now
   * @description Takes what the action takes, a reason not needed. Nothing is done and nothing is sent.
   */
  previewAction: {
    parameters: {
      query?: {
        /** @description As if you had claimed the case just before */
        claimFirst?: "true" | "false";
      };
      path: {
        id: string;
        action: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description What would come of it */
      200: {
        content: {
          "application/json": components["schemas"]["ActionPreview"];
        };
      };
    };
  };
  /**
   * Claim
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  claimCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Release
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  releaseCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Approve
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  approveCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Return
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  returnCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          items: ("photo" | "delivery")[];
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Recommend rejection
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  recommendRejectionCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": ({
          /** @enum {string} */
          rule: "photo" | "identity-doubtful" | "application-false";
          /** @description Why, in words; kept with the personal data */
          reason: string;
        }) | ({
          /** @enum {string} */
          rule: "evidence-insufficient" | "identity-doubtful" | "application-false" | "event-not-proved";
          /** @description Why, in words; kept with the personal data */
          reason: string;
        });
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Escalate
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  escalateCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Reject
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  rejectCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": ({
          /** @enum {string} */
          rule: "photo" | "identity-doubtful" | "application-false";
          /** @description Why, in words; kept with the personal data */
          reason: string;
        }) | ({
          /** @enum {string} */
          rule: "evidence-insufficient" | "identity-doubtful" | "application-false" | "event-not-proved";
          /** @description Why, in words; kept with the personal data */
          reason: string;
        });
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Reassign
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  reassignCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          to: string;
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Resubmit
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  resubmitCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          delivery?: OneOf<[{
            /** @constant */
            method: "courier";
          }, {
            /** @constant */
            method: "pickup";
            /** @enum {string} */
            office: "riyadh-1" | "jeddah-1" | "dammam-1";
          }]>;
          photo?: string;
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Cancel
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  cancelCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Hand over
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  handOverCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Hold
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  holdCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Resume
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  resumeCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Retry
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  retryCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Note
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  noteCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Repair
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  repairCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          field: string;
          value: string;
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Confirm repair
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  confirmRepairCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Decline repair
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  declineRepairCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Reset
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  resetCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          to: string;
          /** @default [] */
          pin?: string[];
          /** @default [] */
          compensate?: string[];
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Refer to committee
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  referToCommitteeCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Vote
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  voteCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @enum {string} */
          vote: "approve" | "reject";
          /**
           * @description What a vote against rests on; needed with one
           * @enum {string}
           */
          rule?: "evidence-insufficient" | "identity-doubtful" | "application-false" | "event-not-proved";
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Accept notice
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  acceptNoticeCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Reject notice
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  rejectNoticeCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Same event
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  sameEventCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description The candidate that it is the same as */
          of: string;
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Distinct event
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  distinctEventCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Consent
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  consentCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          person: components["schemas"]["IdentityNumberInput"];
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Refuse consent
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  refuseConsentCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          person: components["schemas"]["IdentityNumberInput"];
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Withdraw consent
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  withdrawConsentCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          person: components["schemas"]["IdentityNumberInput"];
          /** @description Why, in words; kept with the personal data */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Uphold
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  upholdCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Allow
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  allowCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /**
           * @description The rules that no longer speak against the application. None: it is decided anew on the register as it is, and refused again for whatever still stands there
           * @default []
           */
          waives?: string[];
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Confirm
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  confirmCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Decline
   * @description A retry of the same request gets the same answer and has no second effect.
   */
  declineCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
      };
    };
    requestBody?: {
      content: {
        "application/json": {
          /** @description Why, in words; kept with the personal data */
          reason: string;
        };
      };
    };
    responses: {
      /** @description The case right after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /**
   * Any action by its name
   * @description What each action takes stands at its own path. A name that no case type knows is answered with the one that was probably meant.
   */
  actOnCase: {
    parameters: {
      header: {
        /**
         * @description The ETag of the case as you saw it
         * @example "7"
         */
        "If-Match": string;
      };
      path: {
        id: string;
        action: string;
      };
    };
    responses: {
      /** @description The case after the action */
      200: {
        headers: {
          ETag?: string;
        };
        content: {
          "application/json": components["schemas"]["Case"];
        };
      };
    };
  };
  /** Your endpoints and how they are */
  listWebhookEndpoints: {
    responses: {
      /** @description All of them */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookEndpoints"];
        };
      };
    };
  };
  /**
   * Have an address told what happens in your cases
   * @description From now on. Each message is a CloudEvent 1.0 without personal data, signed as Standard Webhooks say, sent until it is answered with 2xx within ten seconds, for three days. It may come twice, under the same `webhook-id`; the messages of one case come in order. Redirects are not followed; 410 disables the endpoint. The same key again meets the same endpoint; a key whose endpoint was removed adds none.
   */
  addWebhookEndpoint: {
    parameters: {
      header: {
        /** @description 1 to 128 printable characters, no number of a person among them; the same key again meets the same thing */
        "Idempotency-Key": string;
      };
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewWebhookEndpoint"];
      };
    };
    responses: {
      /** @description The endpoint, and its secret */
      201: {
        content: {
          "application/json": components["schemas"]["WebhookEndpointCreated"];
        };
      };
    };
  };
  /** One endpoint and how it is */
  getWebhookEndpoint: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The endpoint */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookEndpoint"];
        };
      };
    };
  };
  /** Remove an endpoint, its messages and its secret */
  removeWebhookEndpoint: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description Removed */
      204: {
        content: never;
      };
    };
  };
  /**
   * A new secret; the old one signs beside it for a day
   * @description Asked for again within that day, because the answer was lost, the newest secret is replaced: the one from before the day goes on until its end.
   */
  rotateWebhookSecret: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The new secret */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookSecretRotated"];
        };
      };
    };
  };
  /**
   * Send a message about a case that does not exist, once, now
   * @description At most 20 a minute for each client.
   */
  testWebhookEndpoint: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description What came of it */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookTest"];
        };
      };
    };
  };
  /** Send again what was given up, or everything since an instant */
  redeliverWebhooks: {
    parameters: {
      path: {
        id: string;
      };
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RedeliverWebhooks"];
      };
    };
    responses: {
      /** @description How many messages will be sent */
      202: {
        content: {
          "application/json": components["schemas"]["RedeliveryTaken"];
        };
      };
    };
  };
  /**
   * Begin again with an endpoint that was disabled
   * @description What waited is sent at once. What happened while it was disabled comes by asking for a redelivery.
   */
  enableWebhookEndpoint: {
    parameters: {
      path: {
        id: string;
      };
    };
    responses: {
      /** @description The endpoint */
      200: {
        content: {
          "application/json": components["schemas"]["WebhookEndpoint"];
        };
      };
    };
  };
  /** Whether this program runs */
  live: {
    responses: {
      /** @description It does */
      200: {
        content: {
          "application/json": components["schemas"]["Live"];
        };
      };
    };
  };
  /**
   * Whether requests can be answered now
   * @description 503 with the same body when something does not answer, or when the API is stopping.
   */
  ready: {
    responses: {
      /** @description Everything answers */
      200: {
        content: {
          "application/json": components["schemas"]["Ready"];
        };
      };
    };
  };
  /**
   * Counters, durations and what the on-call is woken by, for Prometheus
   * @description For the inside: what stands before the API does not pass it on.
   */
  metrics: {
    responses: {
      /** @description Prometheus text */
      200: {
        content: {
          "text/plain; version=0.0.4; charset=utf-8": string;
        };
      };
    };
  };
  /** Every problem that this API can answer with */
  listProblems: {
    responses: {
      /** @description All problems */
      200: {
        content: {
          "application/json": components["schemas"]["ProblemText"][];
        };
      };
    };
  };
  /** What a problem means */
  getProblem: {
    parameters: {
      path: {
        code: string;
      };
    };
    responses: {
      /** @description The problem */
      200: {
        content: {
          "application/json": components["schemas"]["ProblemText"];
        };
      };
    };
  };
}
