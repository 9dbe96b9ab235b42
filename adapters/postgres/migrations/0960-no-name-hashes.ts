/**
 * Hashes of people's names were kept to search by, and nothing ever did. The column stays for the workers of the version before, who
 * write it until a roll-out is over; it keeps nothing of what they write.
 */
export const noNameHashes = `
DROP INDEX persons_name_index;
ALTER TABLE persons ALTER COLUMN name_index SET DEFAULT '{}';
UPDATE persons SET name_index = '{}';

CREATE FUNCTION keep_no_name_hashes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name_index := '{}';
  RETURN NEW;
END $$;
CREATE TRIGGER persons_no_name_hashes BEFORE INSERT OR UPDATE OF name_index ON persons
  FOR EACH ROW EXECUTE FUNCTION keep_no_name_hashes();
`;
