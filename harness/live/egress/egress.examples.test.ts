// Programs in PHP and Go that know only the host of their provider, with the HTTP clients that SDKs in these languages use.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { DISTRUSTING, LED, runLed } from './led-program.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-egress-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Skips the test when a program is not installed, but not in CI: there the test runs and fails. */
async function needs(context: TestContext, program: string, ...given: string[]): Promise<void> {
  const { failed } = await execa(program, given, { reject: false });
  if (failed && process.env['CI'] !== 'true') context.skip(`${program} is not installed`);
}

const URL = 'https://api.twilio.com/2010-04-01/Accounts/AC7/Messages.json';
const OTHER = 'https://metrics.example.com/sent';

const GUZZLE = `<?php
require '/usr/share/php/GuzzleHttp/autoload.php';
$client = new GuzzleHttp\\Client();
$answer = $client->post('${URL}', [
    'auth' => ['AC7', 'secret'],
    'form_params' => ['To' => '+9991', 'From' => '+15005550006', 'Body' => 'hello'],
]);
echo json_decode($answer->getBody())->sid, "\\n";
try {
    $client->get('${OTHER}');
} catch (GuzzleHttp\\Exception\\GuzzleException) {
    echo "refused\\n";
}
`;

/** Uses curl in the same way as Twilio's own SDK for PHP. */
const CURL = `<?php
$call = curl_init('${URL}');
curl_setopt_array($call, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_USERPWD => 'AC7:secret',
    CURLOPT_POSTFIELDS => http_build_query(['To' => '+9991', 'From' => '+15005550006', 'Body' => 'hello']),
]);
echo json_decode(curl_exec($call))->sid, "\\n";
$other = curl_init('${OTHER}');
curl_setopt($other, CURLOPT_RETURNTRANSFER, true);
if (curl_exec($other) === false) echo "refused\\n";
`;

const GO = `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func main() {
	form := url.Values{"To": {"+9991"}, "From": {"+15005550006"}, "Body": {"hello"}}
	request, _ := http.NewRequest("POST", "${URL}", strings.NewReader(form.Encode()))
	request.SetBasicAuth("AC7", "secret")
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	var taken struct{ SID string \`json:"sid"\` }
	json.NewDecoder(response.Body).Decode(&taken)
	fmt.Println(taken.SID)
	if _, err := http.Get("${OTHER}"); err != nil {
		fmt.Println("refused")
	}
}
`;

test.for([
  ['Guzzle', GUZZLE],
  ["PHP's curl", CURL],
])(
  'a message that %s sends is redirected to the stub, and another host is refused',
  async ([name = '', source = ''], context) => {
    await needs(context, 'php', '--version');
    const file = join(folder, `${name.replace(/\W/g, '')}.php`);
    await writeFile(file, source);
    expect(await runLed(['php', file])).toMatchObject(LED);
    expect(await runLed(['php', file], { PHP_INI_SCAN_DIR: ':' })).toMatchObject(DISTRUSTING);
  },
);

test("a message that Go's own client sends is redirected to the stub, and another host is refused", async (context) => {
  await needs(context, 'go', 'version');
  const [file, program] = [join(folder, 'main.go'), join(folder, 'main')];
  await writeFile(file, GO);
  await execa('go', ['build', '-o', program, file], { env: { GO111MODULE: 'off' } });
  expect(await runLed([program])).toMatchObject(LED);
  const distrusting = await runLed([program], { SSL_CERT_FILE: '/dev/null', SSL_CERT_DIR: folder });
  expect(distrusting).toMatchObject(DISTRUSTING);
});
