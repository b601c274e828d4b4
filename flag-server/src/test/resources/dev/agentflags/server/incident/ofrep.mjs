// Evaluates flags with the community's OFREP provider for JavaScript, and prints what came of it, a line of JSON each.
import { OpenFeature } from '@openfeature/server-sdk';
import { OFREPProvider } from '@openfeature/ofrep-provider';

await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: process.argv[2] }));
const client = OpenFeature.getClient();
const alice = { targetingKey: 'alice', plan: 'pro' };
const print = (details) =>
  console.log([details.flagKey, JSON.stringify(details.value), details.reason, details.errorCode ?? ''].join(' | '));

print(await client.getBooleanDetails('bool', false, alice));
print(await client.getStringDetails('text', '', alice));
print(await client.getNumberDetails('whole', 0, alice));
print(await client.getNumberDetails('double', 0, alice));
print(await client.getObjectDetails('object', {}, alice));
print(await client.getBooleanDetails('killed', true, alice));
print(await client.getBooleanDetails('by-plan', false, alice));
print(await client.getStringDetails('nobody-has-it', 'mine', alice));
print(await client.getStringDetails('whole', 'mine', alice));
print(await client.getStringDetails('by-user', 'mine', {}));
print(await client.getStringDetails('own-default', 'mine', alice));
await OpenFeature.close();
