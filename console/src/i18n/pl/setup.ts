import type { Translation } from '../catalogue.ts'
import type { setup as english } from '../en/setup.ts'

export const setup = {
  title: 'Konfiguracja Campanile',
  step: 'Krok {step} z {steps}',
  'welcome-title': 'Witaj w Campanile',
  'welcome-text':
    'Cztery krótkie kroki: osoba, która opiekuje się tą instalacją, i ochrona jej logowania, Twoje konto z właścicielem i, jeśli chcesz, przykładowe dane na początek. Zajmie to trzy minuty.',
  'public-url': 'Adres publiczny',
  'public-url-text':
    'Pod tym adresem działa konsola. Linki w wiadomościach i podglądy mają własny adres, osiągalny dla odbiorców.',
  'public-url-change':
    'Aby je zmienić, zatrzymaj serwer i uruchom go z obiema zmiennymi; druga musi wskazywać inny host:',
  'public-url-later':
    'Możesz to zrobić teraz albo kiedykolwiek później. Na początek powyższy adres wystarczy.',
  begin: 'Zaczynamy',
  'staff-title': 'Kto opiekuje się tą instalacją?',
  'staff-text':
    'Użytkownik personelu widzi instancję, a nie kontakty i kampanie. To logowanie jest rzadko potrzebne, więc trzymaj je osobno od codziennego.',
  'account-title': 'Twoje konto i jego właściciel',
  'account-text':
    'Konto to Twoja własna przestrzeń: kontakty, kampanie, raporty. Właściciel może w nim wszystko. To logowanie na co dzień.',
  'account-name': 'Nazwa konta',
  'account-name-hint': 'Zwykle nazwa firmy',
  'first-name': 'Imię',
  'last-name': 'Nazwisko',
  email: 'E-mail',
  login: 'Login',
  'login-staff-hint': 'Na przykład admin',
  'login-owner-hint': 'Gdy puste, loginem jest adres e-mail',
  password: 'Hasło',
  'owner-heading': 'Właściciel',
  'same-person': 'Przejmij imię, nazwisko i e-mail z poprzedniego kroku',
  'last-title': 'Gotowe',
  'last-text': 'Sprawdź wszystko, a potem zatwierdź.',
  demo: 'Dodaj przykładowe dane',
  'demo-text':
    '200 wymyślonych osób, trzy grupy i jedna zakończona kampania, aby listy i raporty miały co pokazać. Wszystko usuniesz jednym kliknięciem.',
  'summary-staff': 'Użytkownik personelu',
  'summary-account': 'Konto',
  'summary-owner': 'Właściciel',
  'signs-in-as': 'loguje się jako {login}',
  finish: 'Skonfiguruj Campanile',
  'no-token-title': 'Potrzebny jest jednorazowy link',
  'no-token-text':
    'Do czasu konfiguracji serwer przy każdym starcie wypisuje link w terminalu. Otwórz go; jest ważny 60 minut.',
  'refused-title': 'Ten link już nie działa',
  'refused-text':
    'Ma ponad 60 minut albo serwer został uruchomiony ponownie i wypisał nowszy. Uruchom serwer ponownie i otwórz link, który wypisze.',
  'done-title': 'Konfiguracja jest zakończona',
  'done-text': 'Ktoś już skonfigurował tę instalację.',
  'to-sign-in': 'Przejdź do logowania',
  'app-title': 'Chroń to logowanie',
  'app-text':
    'Osoba z obsługi sięga do każdego konta, więc samo hasło nie wystarczy. Zeskanuj obrazek aplikacją uwierzytelniającą i wpisz sześć cyfr, które pokaże.',
  'app-code': 'Kod z aplikacji',
  'app-later':
    'Na tym komputerze możesz to pominąć i zrobić później; do tego czasu pozostanie przypomnienie.',
  restrict: 'Ogranicz logowanie do adresu, z którego jesteś ({address})',
  'restrict-text':
    'Nikt nie zaloguje się do konta z innego miejsca. Kolejne adresy dodasz w każdej chwili w Konto, Ustawienia, Bezpieczeństwo.',
  'restrict-private_address': 'Niemożliwe: Twój adres pochodzi z sieci prywatnej, wspólnej dla wielu miejsc.',
  'restrict-bad_address': 'Niemożliwe: serwer nie zna Twojego adresu. Sprawdź TRUSTED_PROXIES.',
  'restrict-other': 'Niemożliwe: Twój adres nie może stać na liście.',
  grant: 'Zezwól na uwierzytelnianie wieloskładnikowe na tym koncie',
  'grant-text':
    'Administratorzy mogą wtedy wymagać od wszystkich drugiego składnika: aplikacji, klucza dostępu, kodu e-mail lub SMS.',
} as const satisfies Translation<typeof english>
