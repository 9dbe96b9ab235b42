import type { TajdidClient, VerificationAnswer } from '@tajdid/client';
import { clientFromEnvironment, run } from './settings';

/** Whether the card that this person has now is valid today. The signed answer can be kept and shown to others. */
export function verify(client: TajdidClient, identityNumber: string, birthDate: string): Promise<VerificationAnswer> {
  return client.verify({ identityNumber, birthDate });
}

if (require.main === module) {
  void run(async () => {
    const [identityNumber = '', birthDate = ''] = process.argv.slice(2);
    const { verdict, since, text } = await verify(clientFromEnvironment(), identityNumber, birthDate);
    process.stdout.write(`${verdict}${since ? ` since ${since}` : ''}: ${text.en}\n`);
  }, ['<identity number>', '<birth date>']);
}
