/**
 * Whoever reserves a card is told the day of the entry too: the card is issued on that day. A second run after midnight would else
 * print other dates than the first has ordered.
 */
export const dayOfReservation = `
CREATE FUNCTION register_reserve_card_on(
  p_key text, p_person text, p_type text, p_case text, OUT serial text, OUT reserved_on date
) LANGUAGE plpgsql AS $$
BEGIN
  serial := register_reserve_card(p_key, p_person, p_type, p_case);
  SELECT e.effective_on INTO reserved_on FROM register_entries e WHERE e.key = p_key;
END $$;
`;
