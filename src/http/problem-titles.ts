/** Codes whose title says all there is to say: English, Polish, German. */
export const problemTitles: Readonly<Record<string, readonly [en: string, pl: string, de: string]>> = {
  account_closed: ['This account is closed', 'To konto jest zamknięte', 'Dieses Konto ist geschlossen'],
  account_pending: [
    'This account is not active yet',
    'To konto nie jest jeszcze aktywne',
    'Dieses Konto ist noch nicht aktiv',
  ],
  account_suspended: [
    'This account is suspended: it may be read, but nothing can be changed',
    'To konto jest wstrzymane: można czytać, ale nic nie można zmienić',
    'Dieses Konto ist gesperrt: Lesen geht, Ändern nicht',
  ],
  account_test_mode: [
    'Accounts and keys for testing reach the simulator only',
    'Konta i klucze testowe docierają tylko do symulatora',
    'Testkonten und Testschlüssel erreichen nur den Simulator',
  ],
  address_erased: [
    'This address belongs to a person whose data was erased',
    'Ten adres należy do osoby, której dane usunięto',
    'Diese Adresse gehört einer Person, deren Daten gelöscht wurden',
  ],
  ambiguous_match: [
    'The keys belong to different contacts',
    'Klucze należą do różnych kontaktów',
    'Die Schlüssel gehören zu verschiedenen Kontakten',
  ],
  attribute_type: [
    'This value does not fit the type of the field',
    'Ta wartość nie pasuje do typu pola',
    'Dieser Wert passt nicht zum Typ des Feldes',
  ],
  bad_request: [
    'The server could not read the request',
    'Serwer nie zrozumiał żądania',
    'Der Server konnte die Anfrage nicht lesen',
  ],
  batch_too_large: ['Too many entries at once', 'Zbyt wiele pozycji naraz', 'Zu viele Einträge auf einmal'],
  body_too_large: [
    'This is too large to be sent at once',
    'To jest za duże, aby wysłać naraz',
    'Das ist zu groß, um auf einmal gesendet zu werden',
  ],
  busy: [
    'Too many people are signing in right now',
    'Zbyt wiele osób loguje się właśnie teraz',
    'Gerade melden sich zu viele an',
  ],
  contact_exists: [
    'Another contact already has this key',
    'Inny kontakt ma już ten klucz',
    'Ein anderer Kontakt hat diesen Schlüssel schon',
  ],
  contact_not_found: [
    'No contact has this key',
    'Żaden kontakt nie ma tego klucza',
    'Kein Kontakt hat diesen Schlüssel',
  ],
  contact_restricted: [
    'This contact is under restriction',
    'Ten kontakt jest objęty ograniczeniem',
    'Dieser Kontakt ist eingeschränkt',
  ],
  csrf_refused: [
    'The request did not come from this page. Reload and try again',
    'Żądanie nie pochodzi z tej strony. Odśwież i spróbuj ponownie',
    'Die Anfrage kam nicht von dieser Seite. Laden Sie neu und versuchen Sie es noch einmal',
  ],
  current_password_wrong: [
    'The present password is wrong',
    'Obecne hasło jest nieprawidłowe',
    'Das jetzige Passwort ist falsch',
  ],
  domain_in_use: [
    'A campaign that has begun or is scheduled needs this domain',
    'Tej domeny potrzebuje rozpoczęta lub zaplanowana kampania',
    'Eine begonnene oder geplante Kampagne braucht diese Domain',
  ],
  domain_taken: [
    'Another account holds this domain',
    'Tę domenę ma inne konto',
    'Ein anderes Konto hat diese Domain',
  ],
  duplicates_exist: [
    'The field holds equal values and cannot become unique',
    'Pole ma powtórzone wartości i nie może być unikalne',
    'Das Feld enthält gleiche Werte und kann nicht eindeutig werden',
  ],
  feature_disabled: [
    'This is not included in your account',
    'To nie jest częścią Twojego konta',
    'Das ist in Ihrem Konto nicht enthalten',
  ],
  field_bound_twice: [
    'Two columns are bound to one field',
    'Dwie kolumny są przypisane do jednego pola',
    'Zwei Spalten sind mit einem Feld verbunden',
  ],
  field_in_use: ['The field is still used', 'Pole jest nadal używane', 'Das Feld wird noch verwendet'],
  file_encrypted: [
    'The file is protected by a password',
    'Plik jest chroniony hasłem',
    'Die Datei ist durch ein Passwort geschützt',
  ],
  file_expired: [
    'This file is no longer kept',
    'Ten plik nie jest już przechowywany',
    'Diese Datei wird nicht mehr aufbewahrt',
  ],
  file_too_large: [
    'The file is larger than allowed',
    'Plik jest większy niż dozwolono',
    'Die Datei ist größer als erlaubt',
  ],
  group_in_use: ['The group is still used', 'Grupa jest nadal używana', 'Die Gruppe wird noch verwendet'],
  immutable: [
    'This field cannot be changed',
    'Tego pola nie można zmienić',
    'Dieses Feld kann nicht geändert werden',
  ],
  import_empty: [
    'The file is empty or has only a header',
    'Plik jest pusty albo ma tylko nagłówek',
    'Die Datei ist leer oder hat nur eine Kopfzeile',
  ],
  import_unreadable: [
    'The file is not readable as text',
    'Pliku nie da się odczytać jako tekst',
    'Die Datei ist nicht als Text lesbar',
  ],
  internal: [
    'The server met a fault of its own',
    'Serwer napotkał własny błąd',
    'Der Server ist auf einen eigenen Fehler gestoßen',
  ],
  invalid_cursor: [
    'The list has changed. Start again from the top',
    'Lista się zmieniła. Zacznij od początku',
    'Die Liste hat sich geändert. Beginnen Sie von vorn',
  ],
  invalid_domain: ['This is not a domain name', 'To nie jest nazwa domeny', 'Das ist kein Domainname'],
  invalid_selector: [
    'A selector has 3 to 7 characters of a-z and 0-9',
    'Selektor ma od 3 do 7 znaków a-z i 0-9',
    'Ein Selektor hat 3 bis 7 Zeichen aus a-z und 0-9',
  ],
  key_required: [
    'A contact needs an e-mail address, a phone number or an external id',
    'Kontakt musi mieć adres e-mail, numer telefonu albo identyfikator zewnętrzny',
    'Ein Kontakt braucht eine E-Mail-Adresse, eine Telefonnummer oder eine externe Kennung',
  ],
  limit_reached: [
    'A limit of your account is reached',
    'Osiągnięto limit Twojego konta',
    'Eine Grenze Ihres Kontos ist erreicht',
  ],
  link_refused: [
    'This link is unknown, used or expired',
    'Ten link jest nieznany, wykorzystany albo wygasł',
    'Dieser Link ist unbekannt, verbraucht oder abgelaufen',
  ],
  login_taken: [
    'This login is already used',
    'Ten login jest już używany',
    'Dieser Anmeldename ist schon vergeben',
  ],
  malformed_json: [
    'The server could not read the request',
    'Serwer nie zrozumiał żądania',
    'Der Server konnte die Anfrage nicht lesen',
  ],
  method_not_allowed: ['This is not offered here', 'Tego tutaj nie ma', 'Das wird hier nicht angeboten'],
  method_not_offered: [
    'This way of confirming is not offered',
    'Ten sposób potwierdzenia nie jest dostępny',
    'Diese Art der Bestätigung wird nicht angeboten',
  ],
  name_reserved: [
    'This name belongs to the system',
    'Ta nazwa należy do systemu',
    'Dieser Name gehört dem System',
  ],
  not_found: [
    'This does not exist, or it was deleted',
    'To nie istnieje albo zostało usunięte',
    'Das gibt es nicht, oder es wurde gelöscht',
  ],
  operation_finished: [
    'The operation has already ended',
    'Operacja już się zakończyła',
    'Der Vorgang ist schon beendet',
  ],
  password_required: ['The password is needed', 'Potrzebne jest hasło', 'Das Passwort wird gebraucht'],
  password_reused: [
    'The new password equals the old one',
    'Nowe hasło jest takie samo jak stare',
    'Das neue Passwort ist gleich dem alten',
  ],
  password_weak: ['This password is too weak', 'To hasło jest za słabe', 'Dieses Passwort ist zu schwach'],
  permission_denied: [
    'You do not have the permission for this',
    'Nie masz do tego uprawnienia',
    'Ihnen fehlt dafür die Berechtigung',
  ],
  phone_invalid: [
    'This is not a possible phone number',
    'To nie jest możliwy numer telefonu',
    'Das ist keine mögliche Telefonnummer',
  ],
  public_domain_refused: [
    'Mail cannot be sent from a domain that everybody can use',
    'Nie można wysyłać z domeny, której może używać każdy',
    'Von einer Domain, die jeder benutzen kann, wird nicht gesendet',
  ],
  rate_limited: [
    'Too many attempts in a short time',
    'Zbyt wiele prób w krótkim czasie',
    'Zu viele Versuche in kurzer Zeit',
  ],
  sender_domain_not_authorized: [
    'The domain is not authorized to send yet',
    'Domena nie ma jeszcze autoryzacji do wysyłki',
    'Die Domain darf noch nicht senden',
  ],
  setup_done: [
    'The set-up has already been finished',
    'Konfiguracja została już zakończona',
    'Die Einrichtung ist schon abgeschlossen',
  ],
  too_many_columns: [
    'The file has more than 150 columns',
    'Plik ma więcej niż 150 kolumn',
    'Die Datei hat mehr als 150 Spalten',
  ],
  too_many_rejects: [
    'More than half of the rows were refused',
    'Odrzucono ponad połowę wierszy',
    'Mehr als die Hälfte der Zeilen wurde abgelehnt',
  ],
  too_many_rows: [
    'The file has more rows than allowed',
    'Plik ma więcej wierszy niż dozwolono',
    'Die Datei hat mehr Zeilen als erlaubt',
  ],
  instance_held: [
    'This installation is held as a copy',
    'Ta instalacja jest wstrzymana jako kopia',
    'Diese Installation ist als Kopie angehalten',
  ],
  unauthenticated: [
    'You are not signed in any more',
    'Nie jesteś już zalogowany',
    'Sie sind nicht mehr angemeldet',
  ],
  unavailable: [
    'The server is not ready yet',
    'Serwer nie jest jeszcze gotowy',
    'Der Server ist noch nicht bereit',
  ],
  unsupported_media_type: [
    'The server does not take this type of content',
    'Serwer nie przyjmuje treści tego typu',
    'Diese Art von Inhalt nimmt der Server nicht an',
  ],
  validation_failed: [
    'Some fields need your attention',
    'Niektóre pola wymagają uwagi',
    'Einige Felder brauchen Ihre Aufmerksamkeit',
  ],
  version_conflict: [
    'Somebody changed this meanwhile. Reload to see the newest version',
    'Ktoś to w międzyczasie zmienił. Odśwież, aby zobaczyć najnowszą wersję',
    'Jemand hat das inzwischen geändert. Laden Sie neu, um den neuesten Stand zu sehen',
  ],
  version_required: [
    'The version of the object is missing',
    'Brakuje wersji obiektu',
    'Die Version des Objekts fehlt',
  ],
}
