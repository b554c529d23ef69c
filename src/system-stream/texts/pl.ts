import type { StreamTexts } from './text.ts'

const ifNotYou = 'Jeśli to nie Ty, zmień hasło i powiadom administratora swojego konta.'

export const polish: StreamTexts = {
  code: 'Twój kod',
  time: 'Czas',
  address: 'Adres sieciowy',
  browser: 'Przeglądarka',
  unresolved: 'nieznany',
  neverTell: 'Wpisz go samodzielnie i nikomu nie podawaj: nikt od nas nigdy o niego nie zapyta.',
  notMe:
    'To nie Ty? W takim razie ktoś inny zna Twoje hasło albo je odgaduje. Ten link przerywa logowanie, unieważnia obecne hasło i wysyła Ci link do ustawienia nowego:',
  notMeButton: 'To nie ja',
  footer: 'Wiadomość wysłał system Campanile pod adresem {host}. Odpowiedzi na nią nikt nie czyta.',
  changes: {
    on: 'Włączono drugi krok logowania.',
    off: 'Wyłączono drugi krok logowania.',
    changed: 'Zmieniono sposób drugiego kroku logowania.',
    reset: 'Zresetowano drugi krok logowania. Trzeba ustawić go od nowa.',
    policy: 'Zmieniono zasady konta dotyczące drugiego kroku logowania.',
  },
  states: {
    off: 'Lista jest teraz wyłączona: zalogować się można z każdego miejsca.',
    report: 'Lista teraz tylko liczy, kogo by odrzuciła: zalogować się można z każdego miejsca.',
    enforce: 'Lista teraz obowiązuje: zalogować się można tylko z jej adresów.',
  },
  sms: {
    code: '{code} to Twój kod Campanile ({time}, {address}, {browser}). Nikomu go nie podawaj.',
    notMe: 'To nie Ty?',
    notice: 'Campanile: {subject}.',
  },
  kinds: {
    activation: {
      subject: 'Aktywuj swoje konto',
      lines: [
        'Dla tego adresu założono konto. Ustaw hasło, aby je aktywować.',
        'Link działa jeden raz, przez 24 godziny. Jeśli nie zakładano konta z Twojej inicjatywy, nic nie rób.',
      ],
      button: 'Aktywuj konto',
    },
    invitation: {
      subject: 'Zaproszenie do Campanile',
      lines: [
        'Administrator zaprasza Cię do pracy w koncie. Strona pod linkiem pokaże, w którym.',
        'Link działa jeden raz, przez 72 godziny. Jeśli nie spodziewasz się zaproszenia, nic nie rób.',
      ],
      button: 'Zobacz zaproszenie',
    },
    sign_up_existing: {
      subject: 'Masz już konto',
      lines: [
        'Ktoś chciał założyć nowe konto na ten adres, ale konto już istnieje. Nic się nie zmieniło.',
        'Jeśli to Ty, zaloguj się; zapomniane hasło można zastąpić na stronie logowania.',
      ],
      button: 'Przejdź do logowania',
    },
    sign_in_code: { subject: 'Twój kod logowania', lines: ['Ktoś loguje się Twoim hasłem.'] },
    step_up_code: {
      subject: 'Twój kod potwierdzenia',
      lines: ['Potwierdź, że to Ty, zanim zmieni się ustawienie bezpieczeństwa.'],
    },
    enrolment_link: {
      subject: 'Ustaw drugi krok logowania',
      lines: [
        'Twoje konto wymaga drugiego kroku logowania. Zaloguj się hasłem; ten link potwierdzi, że masz też dostęp do tej skrzynki.',
        'Link działa jeden raz, przez 24 godziny.',
      ],
      button: 'Ustaw drugi krok',
    },
    enrolment_code: {
      subject: 'Twój kod do ustawienia drugiego kroku',
      lines: ['Ustawiasz drugi krok swojego logowania.'],
    },
    email_change_confirm: {
      subject: 'Potwierdź nowy adres e-mail',
      lines: [
        'Ten adres ma się stać adresem użytkownika. Zacznie obowiązywać po potwierdzeniu.',
        'Jeśli to nie Twoja prośba, nic nie rób.',
      ],
      button: 'Potwierdź adres',
    },
    email_changed_undo: {
      subject: 'Zmieniono Twój adres e-mail',
      lines: [
        'Od teraz wiadomości i kody przychodzą na inny adres.',
        'Jeśli to nie Ty: ten link przywraca stary adres i kończy wszystkie sesje. Działa przez 7 dni.',
      ],
      button: 'Cofnij zmianę',
    },
    email_taken: {
      subject: 'Ktoś próbował użyć Twojego adresu e-mail',
      lines: [
        'Ktoś podał ten adres dla innego użytkownika. Adres pozostaje Twój i nic się nie zmieniło.',
        'Jeśli to Ty, wybierz tam inny login.',
      ],
    },
    phone_code: {
      subject: 'Twój kod dla nowego numeru',
      lines: ['Ten numer ma się stać numerem użytkownika.'],
    },
    phone_changed: {
      subject: 'Zmieniono Twój numer telefonu',
      lines: ['Nowy numer: {destination}', ifNotYou],
    },
    password_reset: {
      subject: 'Ustaw nowe hasło',
      lines: [
        'Ktoś poprosił o nowe hasło do Twojego loginu. Nic się nie zmieni, dopóki go nie ustawisz.',
        'Link działa jeden raz, przez 30 minut. Jeśli to nie Ty, nic nie rób.',
      ],
      button: 'Ustaw nowe hasło',
    },
    password_changed: {
      subject: 'Zmieniono Twoje hasło',
      lines: ['Wszystkie pozostałe sesje zostały zakończone.', ifNotYou],
    },
    password_known: {
      subject: 'Ktoś zna Twoje hasło',
      lines: [
        'Podano właściwe hasło, a potem pięć razy błędny kod. Logowanie przerwano.',
        'Jeśli to nie Ty, zmień hasło teraz.',
      ],
    },
    not_me_done: {
      subject: 'Zgłoszono i przerwano logowanie',
      lines: [
        'Użytkownik: {about}',
        'Ta osoba zgłosiła, że logowanie nie było jej. Otwarte logowania zakończono, a hasło przestało działać; link do nowego hasła wysłano tej osobie.',
      ],
    },
    new_device: { subject: 'Logowanie z nowego urządzenia', lines: [ifNotYou] },
    blocked_network: {
      subject: 'Odrzucono logowanie z innej sieci',
      lines: [
        'Hasło było właściwe, ale ta sieć nie jest na liście konta.',
        'Jeśli to Ty, zaloguj się z dozwolonej sieci. Jeśli nie, zmień hasło: ktoś je zna.',
      ],
    },
    session_elsewhere: {
      subject: 'Twojej sesji użyto z innej sieci',
      lines: ['Otwartej sesji użyto z sieci, której nie ma na liście konta. Dostęp odrzucono.', ifNotYou],
    },
    session_dropped: {
      subject: 'Zakończono Twoją najstarszą sesję',
      lines: ['Zalogowano się w zbyt wielu miejscach naraz, dlatego zakończono najstarszą sesję.', ifNotYou],
    },
    mfa_changed: {
      subject: 'Zmieniono drugi krok logowania',
      lines: ['Użytkownik: {about}', '{change}', ifNotYou],
    },
    mfa_reset_requested: {
      subject: 'Drugi krok zostanie zresetowany',
      lines: [
        'Użytkownik: {about}',
        'Dwie osoby zgodziły się na zresetowanie drugiego kroku logowania tego użytkownika. Nastąpi to: {executesAt}.',
        'Do tego czasu ten link to zatrzymuje.',
      ],
      button: 'Zatrzymaj reset',
    },
    mfa_reset_link: {
      subject: 'Zresetowano Twój drugi krok',
      lines: [
        'Usunięto drugi krok Twojego logowania. Zaloguj się hasłem i tym linkiem ustaw go od nowa.',
        'Link działa jeden raz, przez 24 godziny.',
      ],
      button: 'Ustaw drugi krok',
    },
    recovery_used: {
      subject: 'Użyto kodu zapasowego',
      lines: ['Pozostałe kody zapasowe: {left}', ifNotYou],
    },
    recovery_low: {
      subject: 'Zostało niewiele kodów zapasowych',
      lines: ['Pozostałe kody zapasowe: {left}', 'Utwórz nowy zestaw w: Mój profil, Logowanie.'],
    },
    passkey_added: { subject: 'Dodano klucz dostępu', lines: [ifNotYou] },
    passkey_removed: { subject: 'Usunięto klucz dostępu', lines: [ifNotYou] },
    role_raised: {
      subject: 'Rozszerzono Twoje uprawnienia',
      lines: [
        'Użytkownik: {about}',
        'Administrator nadał więcej uprawnień. Obowiązują od następnego logowania.',
      ],
    },
    api_key_created: {
      subject: 'Utworzono klucz API',
      lines: [
        'Klucz: {prefix}',
        'Jeśli nie zrobił tego nikt od Was, unieważnij klucz w: Konto, Ustawienia, API.',
      ],
    },
    api_key_suspending: {
      subject: 'Klucz API wkrótce przestanie działać',
      lines: [
        'Klucz: {prefix}',
        'Osoba, która go utworzyła, nie może się już logować. Klucz działa do: {until}; wymień go wcześniej.',
      ],
    },
    ip_list_changed: {
      subject: 'Zmieniono listę dozwolonych adresów',
      lines: ['Dodano: {added}', 'Usunięto: {removed}', '{state}', ifNotYou],
    },
    ip_rollback: {
      subject: 'Przywrócono listę dozwolonych adresów',
      lines: [
        'Zmiany nie potwierdzono w ciągu 10 minut, więc znów obowiązuje ostatnia potwierdzona lista.',
        'Dodano: {added}',
        'Usunięto: {removed}',
      ],
    },
    ip_expiring: {
      subject: 'Dozwolony adres wkrótce wygaśnie',
      lines: [
        'Wpisy, które Cię wpuszczają, wygasają: {expiresAt}. Odnów je w: Konto, Ustawienia, Bezpieczeństwo.',
      ],
    },
    break_glass_used: {
      subject: 'Otwarto dostęp awaryjny',
      lines: ['Użytkownik: {about}', 'Omija on listę dozwolonych adresów do: {expiresAt}.', ifNotYou],
    },
    entitlement_withdrawn: {
      subject: 'Twojemu kontu odebrano funkcję',
      lines: [
        'Funkcja: {key}',
        'Ustawienia są zamrożone; to, co chroni logowanie, nadal obowiązuje. Więcej powie Twój zespół obsługi.',
      ],
    },
    sender_confirm: {
      subject: 'Potwierdź adres nadawcy',
      lines: [
        'Ktoś chce wysyłać wiadomości z tego adresu przez Campanile. Potwierdź, że możesz używać tej skrzynki.',
        'Link działa raz, przez 48 godzin. Jeśli nic o tym nie wiesz, nic nie rób.',
      ],
      button: 'Potwierdź adres',
    },
    sender_domain_broken: {
      subject: 'Domena nadawcy straciła autoryzację',
      lines: [
        'Rekordy, których potrzebuje domena {domain}, nie są już poprawne w jej strefie.',
        'Kampanie z niej czekają; wiadomości z API wychodzą jeszcze przez 72 godziny. Strona domeny pokazuje, czego brakuje.',
      ],
    },
    accounting_mismatch: {
      subject: 'Kampania zatrzymana: rachunek się nie zgadza',
      lines: [
        'Liczba osób kampanii „{campaign}” i liczba jej wiadomości są różne, więc program przerwał wysyłkę.',
        'Strona postępu wymienia, kogo brakuje i kto jest ponad stan. Kampanię można wznowić, gdy obie strony się zgodzą.',
      ],
    },
    sender_domain_records: {
      subject: 'Rekordy DNS do opublikowania dla domeny',
      lines: [
        'Domena {domain} ma służyć do wysyłki przez Campanile. Prosimy opublikować w jej strefie te rekordy z TTL 3600 sekund. Nazwy hostów podano bez kropki na końcu.',
        '{records}',
        'Jeśli domena ma już rekord SPF, powyższy go zastępuje: może być tylko jeden.',
      ],
    },
    webhook_disabled: {
      subject: 'Wyłączono webhook',
      lines: ['Nie odpowiadał przez trzy dni. Zobacz: Konto, Ustawienia, Webhooki.'],
    },
  },
}
