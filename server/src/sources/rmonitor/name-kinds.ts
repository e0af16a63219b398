import { cleanName } from '../import/names.ts';

const TEAM_WORDS =
  /\b(?:racing|racers|race team|motor ?sports?|autosports?|motors|team|squad|scuderia|garage|performance|engineering|competition|competizione|tuning|technik|technology|works|speed ?works|development|racecraft|club|crew|gmbh|e\.? ?v\.?|llc|inc|ltd|associates|enterprises|university|hochschule)\b/i;

/** The longest first: one name may begin with another. */
const MAKES = [
  'Mercedes-Benz|Aston Martin|Mercedes-AMG|Glickenhaus|Lamborghini|Alfa Romeo|Mitsubishi|Van Diemen',
  'Volkswagen|Chevrolet|De Tomaso|Westfield|Cadillac|Caterham|Chrysler|Corvette|Duqueine|Infiniti|Maserati',
  'Mercedes|Plymouth|Vauxhall|Wiesmann|Bentley|Bugatti|Citroen|Crossle|Dallara|Ferrari|Ginetta|Hyundai',
  'Lincoln|McLaren|Mercury|Peugeot|Pontiac|Porsche|Radical|Renault|Reynard|Spectre|Triumph|Abarth|Alpine',
  'Austin|Datsun|Jaguar|Lancia|Ligier|Morgan|Mosler|Nissan|Saturn|Shelby|Subaru|Suzuki|Tatuus|Toyota|Acura',
  'Ariel|Buick|Chevy|Cobra|Cupra|Dacia|Dodge|Doran|Honda|Lexus|Lotus|Mazda|Norma|Oreca|Panoz|Riley|Rover',
  'Scion|Skoda|Tesla|Volvo|Audi|Elva|FIAT|Ford|Jeep|Juno|Lada|Lola|MINI|Opel|SEAT|Saab|BMW|KIA|KTM|TVR|MG',
  'VW',
].join('|');

const MAKE = new RegExp(`^(?:((?:19|20)?\\d\\d)\\s+)?(${MAKES})(?=$|[\\s\\d/-])`, 'i');
/** A year before a name is that of a car, whoever made it. */
const MODEL_YEAR = /^(?:19|20)\d\d\s+(?=\p{L})/u;

const COUNTRIES =
  /^(?:usa|united states|u\.s\.a\.|canada|mexico|brazil|brasil|argentina|chile|colombia|united kingdom|great britain|england|scotland|wales|ireland|france|germany|deutschland|austria|österreich|switzerland|schweiz|suisse|italy|italia|spain|españa|portugal|netherlands|nederland|holland|belgium|belgië|belgique|luxembourg|denmark|danmark|sweden|sverige|norway|norge|finland|suomi|poland|polska|czech republic|czechia|slovakia|slovenia|hungary|romania|bulgaria|greece|turkey|russia|ukraine|estonia|latvia|lithuania|japan|china|korea|india|thailand|malaysia|indonesia|singapore|hong kong|philippines|australia|new zealand|south africa|israel|united arab emirates|monaco)$/i;

/** Whether a text names a team or club, by the words that such names are made of. */
export function isTeamText(text: string): boolean {
  return TEAM_WORDS.test(text);
}

/** Whether a text names a car, by its make, or by the year before it. */
export function isCarText(text: string): boolean {
  return MAKE.test(text.trim()) || MODEL_YEAR.test(text.trim());
}

const SURNAMES =
  /^(?:abarth|ariel|austin|bentley|buick|chrysler|crossle|dallara|dodge|doran|elva|ford|lancia|lincoln|lola|mercedes|mercury|morgan|mosler|norma|pontiac|riley|rover|saturn|shelby|triumph)\b/i;

/** The same where a last name may stand: a make that is one too is taken for it, unless a year tells the car. */
export function isSurelyCarText(text: string): boolean {
  return isCarText(text) && !SURNAMES.test(text.trim());
}

/** Whether a text is what its field was made for: a country by name, or by a code of two or three capitals. */
export function isCountry(text: string): boolean {
  const trimmed = text.trim();
  return (/^[A-Z]{2,3}$/.test(trimmed) && !isCarText(trimmed)) || COUNTRIES.test(trimmed);
}

/** `1996 Mazda Miata` → make and model; where the make is not known, the model is all of it. */
export function splitCar(text: string): { readonly make: string | undefined; readonly model: string | undefined } {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const match = MAKE.exec(trimmed);
  if (match === null) return { make: undefined, model: cleanName(trimmed.replace(MODEL_YEAR, '')) };
  return { make: cleanName(match[2] ?? ''), model: cleanName(trimmed.slice(match[0].length)) };
}
