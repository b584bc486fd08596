// Tests how both senders of the stage `repaired` in examples/laravel-go read the answers of Twilio.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { needs, shell } from '../environments/shell.fixture.ts';

const EXAMPLE = join(packageRoot, 'examples', 'laravel-go');

/** Prints how the sender of the Laravel application settles a message, a line for each of the answers in `$ANSWERS`. */
const LEGACY_SENDER = `
require getenv('EXAMPLE').'/laravel/bootstrap/autoload.php';
$app = require getenv('EXAMPLE').'/laravel/bootstrap/app.php';
Illuminate\\Support\\Facades\\Facade::setFacadeApplication($app);
$twilio = ['url' => 'http://twilio.invalid', 'sid' => 'AC7', 'token' => 'secret', 'from' => '+15005550006'];
$app->instance('config', new Illuminate\\Config\\Repository(['services' => ['twilio' => $twilio]]));
$authority = new class extends App\\Authority\\SendAuthority {
    public function obtain(App\\Models\\CampaignSMS $message): ?int { return 1; }
    public function settle(App\\Models\\CampaignSMS $message, int $epoch, string $state, ?string $sid = null): void
    {
        echo "$state $sid\\n";
    }
};
$message = new App\\Models\\CampaignSMS(['message_uuid' => 'u1', 'recipient' => '+9991', 'sms_built' => 'hello']);
foreach (json_decode(getenv('ANSWERS')) as [$status, $body]) {
    $http = new Illuminate\\Http\\Client\\Factory;
    $http->fake(['*' => $http->response($body, $status)]);
    Illuminate\\Support\\Facades\\Http::swap($http);
    (new App\\Authority\\LegacySender($authority))->send(collect([$message]));
}
`;

/** Each answer of Twilio, with the state in which it leaves the authority over a message. */
const SETTLED = [
  [201, '{"sid":"SM1"}', 'SENT SM1'],
  ...['{}', '{"sid":""}', '{"sid":null}', '{"sid":7}', 'null', 'no json', ''].map((body) => [201, body, 'UNKNOWN ']),
  ...[400, 401, 429].map((status) => [status, '{}', 'NOT_SENT ']),
  ...[500, 503].map((status) => [status, '{}', 'UNKNOWN ']),
] as [status: number, body: string, settled: string][];

test('the Laravel application does not know the outcome of an answer of status 201 without a sid', async (context) => {
  await needs(context, join(EXAMPLE, 'build'));
  const ANSWERS = JSON.stringify(SETTLED.map(([status, body]) => [status, body]));
  const ended = await shell('php -r "$PROGRAM"', { environment: { EXAMPLE, ANSWERS, PROGRAM: LEGACY_SENDER } });
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ended.stdout.split('\n').slice(0, SETTLED.length)).toEqual(SETTLED.map(([, , settled]) => settled));
});

test('the Go service does not know the outcome of an answer of status 201 without a sid', async (context) => {
  await needs(context, join(EXAMPLE, 'build'));
  const ended = await shell('go test ./...', {
    cwd: join(EXAMPLE, 'go'),
    environment: { CGO_ENABLED: '0' },
  });
  expect(ended.stdout).toMatch(/^ok\s+example\.com\/messaging\/internal\/twilio\b/m);
  expect(ended).toMatchObject({ exitCode: 0 });
});
