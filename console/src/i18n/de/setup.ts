import type { Translation } from '../catalogue.ts'
import type { setup as english } from '../en/setup.ts'

export const setup = {
  title: 'Campanile einrichten',
  step: 'Schritt {step} von {steps}',
  'welcome-title': 'Willkommen bei Campanile',
  'welcome-text':
    'Vier kurze Schritte: eine Person, die diese Installation betreut, und der Schutz ihrer Anmeldung, Ihr Konto mit Inhaber und, wenn Sie mögen, Beispieldaten zum Umsehen. Es dauert drei Minuten.',
  'public-url': 'Öffentliche Adresse',
  'public-url-text':
    'Unter dieser Adresse antwortet die Konsole. Links in Nachrichten und Vorschauen haben eine eigene Adresse, die Ihre Empfänger erreichen müssen.',
  'public-url-change':
    'Um sie zu ändern, halten Sie den Server an und starten Sie ihn mit beiden Variablen; die zweite muss ein anderer Host sein:',
  'public-url-later': 'Das geht jetzt oder jederzeit später. Zum Umsehen genügt die Adresse oben.',
  begin: 'Los geht’s',
  'staff-title': 'Wer betreut diese Installation?',
  'staff-text':
    'Die Betreuung sieht die Instanz, nicht Ihre Kontakte und Kampagnen. Diese Anmeldung braucht man selten; halten Sie sie von der täglichen getrennt.',
  'account-title': 'Ihr Konto und sein Inhaber',
  'account-text':
    'Das Konto ist Ihr eigener Bereich: Kontakte, Kampagnen, Berichte. Der Inhaber darf darin alles. Das ist die Anmeldung für jeden Tag.',
  'account-name': 'Name des Kontos',
  'account-name-hint': 'Meist der Name Ihrer Firma',
  'first-name': 'Vorname',
  'last-name': 'Nachname',
  email: 'E-Mail',
  login: 'Anmeldename',
  'login-staff-hint': 'Zum Beispiel admin',
  'login-owner-hint': 'Leer gelassen ist die E-Mail-Adresse der Anmeldename',
  password: 'Passwort',
  'owner-heading': 'Inhaber',
  'same-person': 'Name und E-Mail aus dem vorigen Schritt übernehmen',
  'last-title': 'Bereit',
  'last-text': 'Sehen Sie alles durch, dann geht es los.',
  demo: 'Beispieldaten anlegen',
  'demo-text':
    '200 erfundene Personen, drei Gruppen und eine abgeschlossene Kampagne, damit Listen und Berichte etwas zeigen. Alles lässt sich mit einem Klick entfernen.',
  'summary-staff': 'Betreuung',
  'summary-account': 'Konto',
  'summary-owner': 'Inhaber',
  'signs-in-as': 'meldet sich als {login} an',
  finish: 'Campanile einrichten',
  'no-token-title': 'Der einmalige Link wird gebraucht',
  'no-token-text':
    'Bis zur Einrichtung gibt der Server bei jedem Start einen Link im Terminal aus. Öffnen Sie ihn; er gilt 60 Minuten.',
  'refused-title': 'Dieser Link gilt nicht mehr',
  'refused-text':
    'Er ist älter als 60 Minuten, oder der Server wurde neu gestartet und hat einen neueren ausgegeben. Starten Sie den Server neu und öffnen Sie den Link, den er ausgibt.',
  'done-title': 'Die Einrichtung ist abgeschlossen',
  'done-text': 'Diese Installation wurde schon eingerichtet.',
  'to-sign-in': 'Zur Anmeldung',
  'app-title': 'Diese Anmeldung schützen',
  'app-text':
    'Der Mitarbeiter erreicht jedes Konto, ein Passwort allein genügt also nicht. Scannen Sie das Bild mit einer Authenticator-App und geben Sie die sechs Ziffern ein, die sie zeigt.',
  'app-code': 'Code aus der App',
  'app-later':
    'Nur auf diesem Rechner dürfen Sie es leer lassen und später tun; bis dahin bleibt eine Erinnerung.',
  restrict: 'Anmeldung auf Ihre jetzige Adresse beschränken ({address})',
  'restrict-text':
    'Niemand meldet sich von anderswo am Konto an. Weitere Adressen kommen jederzeit unter Konto, Einstellungen, Sicherheit hinzu.',
  'restrict-private_address':
    'Hier nicht möglich: Ihre Adresse gehört zu einem privaten Netz, wie es viele Orte haben.',
  'restrict-bad_address':
    'Hier nicht möglich: Der Server erkennt Ihre Adresse nicht. Prüfen Sie TRUSTED_PROXIES.',
  'restrict-other': 'Hier nicht möglich: Ihre Adresse kann in keiner Liste stehen.',
  grant: 'Mehrstufige Anmeldung in diesem Konto erlauben',
  'grant-text':
    'Die Administratoren können dann von allen einen zweiten Faktor verlangen: App, Passkey, Code per E-Mail oder SMS.',
} as const satisfies Translation<typeof english>
