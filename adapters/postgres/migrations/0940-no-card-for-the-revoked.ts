/**
 * A revoked birth ends the identity that it made: from then on no card is begun for it, and one that was begun never becomes valid.
 * The person is locked in both, and by the revocation.
 */
export const noCardForTheRevoked = `
CREATE FUNCTION register_refuse_card_of_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT p.blocked FROM persons p WHERE p.person = NEW.person)
    AND EXISTS (SELECT FROM register_entries e WHERE e.person = NEW.person AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'birth')
    AND NOT EXISTS (SELECT FROM register_entries e WHERE e.person = NEW.person AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'birth'
      AND NOT EXISTS (SELECT FROM register_reversals r WHERE r.entry = e.id)) THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'identity-revoked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cards_not_begun_for_the_revoked BEFORE INSERT ON cards FOR EACH ROW
  WHEN (NEW.status = 'reserved') EXECUTE FUNCTION register_refuse_card_of_revoked();
CREATE TRIGGER cards_not_valid_for_the_revoked BEFORE UPDATE OF status ON cards FOR EACH ROW
  WHEN (OLD.status = 'reserved' AND NEW.status = 'valid') EXECUTE FUNCTION register_refuse_card_of_revoked();
`;
