<?php

// Loads Composer's packages if they are installed, otherwise those of Debian's php-laravel-framework.
if (is_file(__DIR__.'/../vendor/autoload.php')) {
    require __DIR__.'/../vendor/autoload.php';

    return;
}

require_once 'Illuminate/autoload.php';
require_once 'GuzzleHttp/autoload.php';

spl_autoload_register(function (string $class): void {
    if (str_starts_with($class, 'App\\')) {
        @include __DIR__.'/../app/'.str_replace('\\', '/', substr($class, 4)).'.php';
    }
});
