<?php
// DAViCal where Debian's Apache has it (/davical), for `php -S`. The folder of its configuration is
// the document root.

$port = parse_url("http://{$_SERVER['HTTP_HOST']}", PHP_URL_PORT) ?: 80;
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
if (str_starts_with($path, '/.well-known/')) {
    $path = "/davical/caldav.php$path";
}
if (!preg_match('#^/davical/caldav\.php(/.*)?$#', $path, $found)) {
    http_response_code(in_array($_SERVER['REQUEST_METHOD'], ['GET', 'HEAD']) ? 404 : 405);
    return;
}
$_SERVER['SCRIPT_NAME'] = '/davical/caldav.php';
$_SERVER['PHP_SELF'] = "/davical/caldav.php" . ($found[1] ?? '');
$_SERVER['PATH_INFO'] = $found[1] ?? '/';
$_SERVER['SERVER_PORT'] = $port;
// DAViCal reads /etc/davical/NAME-conf.php; that file sets the real name of the host again.
$_SERVER['SERVER_NAME'] = "../..{$_SERVER['DOCUMENT_ROOT']}/davical";
$_SERVER['DOCUMENT_ROOT'] = '/usr/share/davical/htdocs';
chdir($_SERVER['DOCUMENT_ROOT']);
error_reporting(E_ALL & ~E_DEPRECATED & ~E_NOTICE & ~E_WARNING);
require 'caldav.php';
