// Typical project folders, with the files that init reads.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Texts of files by path. */
export type Files = Readonly<Record<string, string>>;

/** A Laravel 8 application. */
export const LARAVEL: Files = {
  artisan: '#!/usr/bin/env php\n',
  'composer.json': '{ "require": { "laravel/framework": "^8.83" } }',
  'package.json': '{ "scripts": { "start": "vite" } }',
  'app/Http/Controllers/CampaignController.php': '<?php',
  'config/database.php': "<?php return ['url' => env('DATABASE_URL')];",
  'config/services.php': "<?php return ['sid' => env('TWILIO_ACCOUNT_SID'), 'stage' => env('MESSAGING_STAGE')];",
  'database/migrations/2020_01_01_000000_create_sms_tables.php': `<?php
Schema::create('campaign_sms', function (Blueprint $table) {
    $table->id();
    $table->foreignId('campaign_id');
    $table->string('phone');
    $table->text('body');
    $table->uuid('message_uuid')->nullable();
});
Schema::create('sms_deliveries', function (Blueprint $table) {
    $table->uuid('message_uuid');
    $table->string('status');
    $table->string('twilio_sid')->nullable();
});`,
  'public/index.php': '<?php',
  'routes/web.php': "<?php Route::post('/campaigns/{campaign}/send', [CampaignController::class, 'send']);",
  '.env': 'TWILIO_TOKEN=a secret\n',
  '.env.example': [
    'APP_KEY=',
    'APP_URL=http://localhost',
    '',
    'DB_CONNECTION=mysql',
    'DB_HOST=127.0.0.1',
    'DB_PASSWORD=',
    '# REDIS_URL=',
    'MESSAGING_SERVICE_URL=http://127.0.0.1:8080',
    'TWILIO_BASE_URI=https://api.twilio.com',
    'CRM_URL=https://crm.example.com',
  ].join('\n'),
};

/** A Go module with two main packages. */
export const GO: Files = {
  'go.mod': 'module example.com/acme/messaging\n\ngo 1.22\n',
  'go.sum': '',
  'cmd/migrate/main.go': 'package main\n',
  'cmd/server/main.go': 'package main\n\nfunc main() { listen(os.Getenv("PORT")) }\n',
  'internal/web/routes.go': 'package web\n\nfunc routes() { mux.HandleFunc("GET /healthz", healthz) }\n',
  'internal/web/routes_test.go': 'package web\n',
  'vendor/example.com/other/main.go': 'package main\n',
  '.env.example': 'export DATABASE_URL=postgres://localhost/messaging\nHTTP_ADDR=:8080\nTWILIO_BASE_URL=\n',
};

/** A Node project without an .env.example. */
export const NODE: Files = {
  'package.json': '{ "type": "module", "scripts": { "start": "node src/server.js --quiet" } }',
  'src/server.js': "app.get('/ready', ready).listen(process.env.PORT);\nconst sender = process.env['SENDER_URL'];\n",
  'schema.sql': 'CREATE TABLE flags ();\n',
};

/** Writes files into a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
