import { cleanName } from '../al-kamel/crews.ts';

const TEAM_WORDS =
  /\b(?:racing|racers|race team|motor ?sports?|autosports?|motors|team|squad|scuderia|garage|performance|engineering|competition|competizione|tuning|technik|technology|works|speed ?works|development|racecraft|club|crew|gmbh|e\.? ?v\.?|llc|inc|ltd|associates|enterprises|university|hochschule)\b/i;

const MAKES = [
  'Abarth',
  'Acura',
  'Alfa Romeo',
  'Alpine',
  'Ariel',
  'Aston Martin',
  'Audi',
  'Austin',
  'BMW',
  'Bentley',
  'Bugatti',
  'Buick',
  'Cadillac',
  'Caterham',
  'Chevrolet',
  'Chevy',
  'Chrysler',
  'Citroen',
  'Cobra',
  'Corvette',
  'Crossle',
  'Cupra',
  'Dacia',
  'Dallara',
  'Datsun',
  'De Tomaso',
  'Dodge',
  'Doran',
  'Duqueine',
  'Elva',
  'FIAT',
  'Ferrari',
  'Ford',
  'Ginetta',
  'Glickenhaus',
  'Honda',
  'Hyundai',
  'Infiniti',
  'Jaguar',
  'Jeep',
  'Juno',
  'KIA',
  'KTM',
  'Lada',
  'Lamborghini',
  'Lancia',
  'Lexus',
  'Ligier',
  'Lincoln',
  'Lola',
  'Lotus',
  'MG',
  'MINI',
  'Maserati',
  'Mazda',
  'McLaren',
  'Mercedes',
  'Mercedes-AMG',
  'Mercury',
  'Mitsubishi',
  'Morgan',
  'Mosler',
  'Nissan',
  'Norma',
  'Opel',
  'Oreca',
  'Panoz',
  'Peugeot',
  'Plymouth',
  'Pontiac',
  'Porsche',
  'Radical',
  'Renault',
  'Reynard',
  'Riley',
  'Rover',
  'SEAT',
  'Saab',
  'Saturn',
  'Scion',
  'Shelby',
  'Skoda',
  'Spectre',
  'Subaru',
  'Suzuki',
  'TVR',
  'Tatuus',
  'Tesla',
  'Toyota',
  'Triumph',
  'Van Diemen',
  'Vauxhall',
  'Volkswagen',
  'Volvo',
  'VW',
  'Westfield',
  'Wiesmann',
] as const;

const MAKE = new RegExp(`^(?:(?:19|20)?\\d\\d\\s+)?(${MAKES.join('|').replaceAll('-', '\\-')})(?=$|[\\s\\d/-])`, 'i');

const COUNTRIES =
  /^(?:usa|united states|u\.s\.a\.|canada|mexico|brazil|brasil|argentina|chile|colombia|united kingdom|great britain|england|scotland|wales|ireland|france|germany|deutschland|austria|österreich|switzerland|schweiz|suisse|italy|italia|spain|españa|portugal|netherlands|nederland|holland|belgium|belgië|belgique|luxembourg|denmark|danmark|sweden|sverige|norway|norge|finland|suomi|poland|polska|czech republic|czechia|slovakia|slovenia|hungary|romania|bulgaria|greece|turkey|russia|ukraine|estonia|latvia|lithuania|japan|china|korea|india|thailand|malaysia|indonesia|singapore|hong kong|philippines|australia|new zealand|south africa|israel|united arab emirates|monaco)$/i;

/** Whether a text names a team or club, by the words that such names are made of. */
export function isTeamText(text: string): boolean {
  return TEAM_WORDS.test(text);
}

/** Whether a text names a car, by its make, with or without the year before. */
export function isCarText(text: string): boolean {
  return MAKE.test(text.trim());
}

/** Whether a text is what its field was made for: a country by name, or by a code of two or three capitals. */
export function isCountry(text: string): boolean {
  const trimmed = text.trim();
  return (/^[A-Z]{2,3}$/.test(trimmed) && !isCarText(trimmed)) || COUNTRIES.test(trimmed);
}

/** `Panoz Esperante` → make and model; a text without a make that is known is no car. */
export function splitCar(text: string): { readonly make: string | undefined; readonly model: string | undefined } {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const match = MAKE.exec(trimmed);
  if (match === null) return { make: undefined, model: undefined };
  return { make: cleanName(match[1] ?? ''), model: cleanName(trimmed.slice(match[0].length)) };
}
