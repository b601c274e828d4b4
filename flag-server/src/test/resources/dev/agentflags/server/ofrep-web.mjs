// Listens as a page does: with the community's OFREP provider for browsers, and an EventSource, which sends no token. Prints two flags
// whenever they change, and at the end of its input what was asked and answered.
import { createInterface } from 'node:readline';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
import { EventSource } from 'eventsource';

const [baseUrl, token] = process.argv.slice(2);
const answers = [];
const counting = (what) => async (...request) => {
  const response = await fetch(...request);
  answers.push(`${what} ${response.status}`);
  return response;
};
globalThis.EventSource = class extends EventSource {
  constructor(url) {
    super(url, { fetch: counting('stream') });
  }
};

const client = OpenFeature.getClient();
const print = () => {
  const flags = ['a', 'b'].map((key) => client.getBooleanDetails(key, false));
  console.log(flags.map(({ flagKey, value, reason }) => [flagKey, value, reason].join(' ')).join(', '));
};
client.addHandler(ProviderEvents.ConfigurationChanged, print);
await OpenFeature.setProviderAndWait(
  new OFREPWebProvider({
    baseUrl,
    headers: [['Authorization', `Bearer ${token}`]],
    fetchImplementation: counting('flags'),
  }),
);
print();
for await (const line of createInterface({ input: process.stdin })) {
  console.log(line);
}
await OpenFeature.close();
console.log(answers.join(', '));
process.exit(0);
