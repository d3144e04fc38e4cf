<?php
// A SabreDAV as its manual sets one up, for `php -S`. Its database is in the document root.

use Sabre\CalDAV;
use Sabre\DAV;
use Sabre\DAVACL;

error_reporting(E_ALL & ~E_DEPRECATED & ~E_NOTICE);
require_once 'Sabre/autoload.php';
date_default_timezone_set('UTC');

const REALM = 'SabreDAV';
const READ_ONLY = 'nur-lesen';
const ADMINISTRATOR = 'principals/verwaltung';

// People, with the digest that SabreDAV keeps of their passwords.
final class Users extends DAV\Auth\Backend\AbstractBasic
{
    public function __construct(private PDO $pdo)
    {
    }

    protected function validateUserPass($username, $password)
    {
        $found = $this->pdo->prepare('SELECT digesta1 FROM users WHERE username = ?');
        $found->execute([$username]);
        $known = $found->fetchColumn();
        return $known !== false && hash_equals($known, md5("$username:" . REALM . ":$password"));
    }
}

// Calendars of which one is shared by the administrator, for reading only.
final class Calendars extends CalDAV\Backend\PDO implements CalDAV\Backend\SharingSupport
{
    public function getCalendarsForUser($principalUri)
    {
        $calendars = parent::getCalendarsForUser($principalUri);
        foreach ($calendars as &$calendar) {
            if ($calendar['uri'] === READ_ONLY) {
                $calendar['{http://calendarserver.org/ns/}shared-url'] = READ_ONLY;
                $calendar['{http://sabredav.org/ns}owner-principal'] = ADMINISTRATOR;
                $calendar['{http://sabredav.org/ns}read-only'] = true;
            }
        }
        return $calendars;
    }

    public function updateShares($calendarId, array $add, array $remove)
    {
    }

    public function getShares($calendarId)
    {
        return [];
    }

    public function shareReply($href, $status, $calendarUri, $inReplyTo, $summary = null)
    {
    }

    public function setPublishStatus($calendarId, $value)
    {
    }

    public function getNotificationsForPrincipal($principalUri)
    {
        return [];
    }

    public function deleteNotification($principalUri, CalDAV\Notifications\INotificationType $one)
    {
    }
}

if (rtrim($_SERVER['REQUEST_URI'], '/') === '/.well-known/caldav') {
    header('Location: /', true, 301);
    return;
}

$pdo = new PDO("sqlite:{$_SERVER['DOCUMENT_ROOT']}/storage.sqlite");
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$pdo->exec('PRAGMA synchronous = OFF');

$principals = new DAVACL\PrincipalBackend\PDO($pdo);
$server = new DAV\Server([
    new CalDAV\Principal\Collection($principals),
    new CalDAV\CalendarRootNode($principals, new Calendars($pdo)),
]);
$server->setBaseUri('/');
$server->addPlugin(new DAV\Auth\Plugin(new Users($pdo), REALM));
$rights = new DAVACL\Plugin();
$rights->adminPrincipals[] = ADMINISTRATOR;
$server->addPlugin($rights);
$server->addPlugin(new CalDAV\Plugin());
$server->exec();
