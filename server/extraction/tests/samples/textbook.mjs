// A textbook of many pages as a PDF: a chapter for every ten chemical elements, a page for each element, with running
// heads, page numbers, hyphenation, and every other chapter in two columns.
// `node textbook.mjs PAGES FILE` writes it.
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

// Symbol, name, weight, year and finder; those without a year were known to the ancients.
const elements = `H Hydrogen 1.008 1766 Henry Cavendish|He Helium 4.003 1868 Pierre Janssen|Li Lithium 6.94 1817 Johan Arfwedson|Be Beryllium 9.012 1798 Louis Vauquelin|B Boron 10.81 1808 Humphry Davy|C Carbon 12.011|N Nitrogen 14.007 1772 Daniel Rutherford|O Oxygen 15.999 1774 Joseph Priestley|F Fluorine 18.998 1886 Henri Moissan|Ne Neon 20.180 1898 William Ramsay|Na Sodium 22.990 1807 Humphry Davy|Mg Magnesium 24.305 1808 Humphry Davy|Al Aluminium 26.982 1825 Hans Oersted|Si Silicon 28.085 1824 Jacob Berzelius|P Phosphorus 30.974 1669 Hennig Brand|S Sulfur 32.06|Cl Chlorine 35.45 1774 Carl Scheele|Ar Argon 39.95 1894 Lord Rayleigh|K Potassium 39.098 1807 Humphry Davy|Ca Calcium 40.078 1808 Humphry Davy|Sc Scandium 44.956 1879 Lars Nilson|Ti Titanium 47.867 1791 William Gregor|V Vanadium 50.942 1801 Andres del Rio|Cr Chromium 51.996 1797 Louis Vauquelin|Mn Manganese 54.938 1774 Johan Gahn|Fe Iron 55.845|Co Cobalt 58.933 1735 Georg Brandt|Ni Nickel 58.693 1751 Axel Cronstedt|Cu Copper 63.546|Zn Zinc 65.38|Ga Gallium 69.723 1875 Paul de Boisbaudran|Ge Germanium 72.630 1886 Clemens Winkler|As Arsenic 74.922|Se Selenium 78.971 1817 Jacob Berzelius|Br Bromine 79.904 1826 Antoine Balard|Kr Krypton 83.798 1898 William Ramsay|Rb Rubidium 85.468 1861 Robert Bunsen|Sr Strontium 87.62 1790 Adair Crawford|Y Yttrium 88.906 1794 Johan Gadolin|Zr Zirconium 91.224 1789 Martin Klaproth|Nb Niobium 92.906 1801 Charles Hatchett|Mo Molybdenum 95.95 1781 Peter Hjelm|Tc Technetium 97 1937 Emilio Segre|Ru Ruthenium 101.07 1844 Karl Klaus|Rh Rhodium 102.91 1804 William Wollaston|Pd Palladium 106.42 1803 William Wollaston|Ag Silver 107.87|Cd Cadmium 112.41 1817 Friedrich Stromeyer|In Indium 114.82 1863 Ferdinand Reich|Sn Tin 118.71|Sb Antimony 121.76|Te Tellurium 127.60 1782 Franz Mueller|I Iodine 126.90 1811 Bernard Courtois|Xe Xenon 131.29 1898 William Ramsay|Cs Caesium 132.91 1860 Robert Bunsen|Ba Barium 137.33 1808 Humphry Davy|La Lanthanum 138.91 1839 Carl Mosander|Ce Cerium 140.12 1803 Jacob Berzelius|Pr Praseodymium 140.91 1885 Carl Auer|Nd Neodymium 144.24 1885 Carl Auer|Pm Promethium 145 1945 Jacob Marinsky|Sm Samarium 150.36 1879 Paul de Boisbaudran|Eu Europium 151.96 1901 Eugene Demarcay|Gd Gadolinium 157.25 1880 Jean de Marignac|Tb Terbium 158.93 1843 Carl Mosander|Dy Dysprosium 162.50 1886 Paul de Boisbaudran|Ho Holmium 164.93 1878 Marc Delafontaine|Er Erbium 167.26 1843 Carl Mosander|Tm Thulium 168.93 1879 Per Cleve|Yb Ytterbium 173.05 1878 Jean de Marignac|Lu Lutetium 174.97 1907 Georges Urbain|Hf Hafnium 178.49 1923 Dirk Coster|Ta Tantalum 180.95 1802 Anders Ekeberg|W Tungsten 183.84 1783 Juan de Elhuyar|Re Rhenium 186.21 1925 Walter Noddack|Os Osmium 190.23 1803 Smithson Tennant|Ir Iridium 192.22 1803 Smithson Tennant|Pt Platinum 195.08 1748 Antonio de Ulloa|Au Gold 196.97|Hg Mercury 200.59|Tl Thallium 204.38 1861 William Crookes|Pb Lead 207.2|Bi Bismuth 208.98|Po Polonium 209 1898 Marie Curie|At Astatine 210 1940 Dale Corson|Rn Radon 222 1899 Ernest Rutherford|Fr Francium 223 1939 Marguerite Perey|Ra Radium 226 1898 Marie Curie|Ac Actinium 227 1899 Andre Debierne|Th Thorium 232.04 1829 Jacob Berzelius|Pa Protactinium 231.04 1917 Lise Meitner|U Uranium 238.03 1789 Martin Klaproth|Np Neptunium 237 1940 Edwin McMillan|Pu Plutonium 244 1940 Glenn Seaborg|Am Americium 243 1944 Glenn Seaborg|Cm Curium 247 1944 Glenn Seaborg|Bk Berkelium 247 1949 Stanley Thompson|Cf Californium 251 1950 Stanley Thompson|Es Einsteinium 252 1952 Albert Ghiorso|Fm Fermium 257 1952 Albert Ghiorso`
  .split('|')
  .map((line, index) => {
    const [symbol, name, weight, year, ...finder] = line.split(' ');
    return { number: index + 1, symbol, name, weight, year, finder: finder.join(' ') };
  });

const widths = `250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541`
  .split(' ')
  .map(Number);
const width = (text, size) => [...text].reduce((sum, char) => sum + (widths[char.charCodeAt(0) - 32] ?? 500), 0) * (size / 1000);

function paragraphs({ number, symbol, name, weight, year, finder }) {
  const below = elements[number - 2];
  const above = elements[number];
  const found = year
    ? `${name} was discovered in ${year} by ${finder}. Before ${year} nobody had described it as an element of its own, although some of its compounds may have been known for a long time.`
    : `${name} has been known since ancient times, so that nobody can be named who discovered it. It was recognised as an element only when chemistry became a science.`;
  const neighbours = below && above
    ? `In the periodic table ${name.toLowerCase()} stands between ${below.name.toLowerCase()}, which has ${below.number} protons, and ${above.name.toLowerCase()}, which has ${above.number}.`
    : `In the periodic table ${name.toLowerCase()} stands at an end of the elements that are described in this book.`;
  return [
    `${name} is the chemical element with the symbol ${symbol} and the atomic number ${number}. The atomic number is the number of protons in the nucleus of every atom of an element, so that each atom of ${name.toLowerCase()} has ${number} of them. In a neutral atom the number of electrons around the nucleus is the same.`,
    found,
    `The standard atomic weight of ${name.toLowerCase()} is ${weight}. The atomic weight is the average mass of the atoms of an element, compared with one twelfth of the mass of a carbon-12 atom. Because isotopes differ in the number of neutrons, the weight is seldom a whole number.`,
    `${neighbours} Elements that stand below each other in the table have similar properties, because the electrons in their outermost shell are arranged in a comparable way.`,
    `Whoever wants to remember ${name.toLowerCase()} should keep three things in mind: its symbol ${symbol}, its atomic number ${number}, and its atomic weight of about ${Math.round(Number(weight))}.`,
  ];
}

// Words are broken after a vowel, which is good enough for a test.
function wrapped(text, size, measure) {
  const lines = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line && width(`${line} ${word}`, size) > measure) {
      const at = [...word].findIndex((char, index) => index > 2 && index < word.length - 3 && 'aeiou'.includes(char) && /^[a-z]+$/.test(word));
      const part = at > 0 ? `${word.slice(0, at + 1)}-` : '';
      if (part && width(`${line} ${part}`, size) <= measure) {
        lines.push(`${line} ${part}`);
        line = word.slice(at + 1);
        continue;
      }
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

const escaped = (text) => text.replace(/[\\()]/g, '\\$&');
const show = (font, size, x, y, text, spacing = 0) => `BT /${font} ${size} Tf ${spacing.toFixed(3)} Tw ${x} ${y.toFixed(2)} Td (${escaped(text)}) Tj ET\n`;

function page(element, number) {
  const chapter = Math.floor((element.number - 1) / 10) + 1;
  const columns = chapter % 2 === 0 ? 2 : 1;
  const measure = columns === 2 ? 195 : 410;
  let content = number % 2 === 0
    ? show('F1', 8, 60, 600, String(number)) + show('F1', 8, 370, 600, 'The Elements, One by One')
    : show('F1', 8, 60, 600, `Chapter ${chapter}`) + show('F1', 8, 460, 600, String(number));
  if ((element.number - 1) % 10 === 0) content += show('F2', 20, 60, 562, `Chapter ${chapter}`);
  content += show('F2', 14, 60, 532, `${element.name} (${element.symbol})`);
  const lines = paragraphs(element).flatMap((text) => {
    const all = wrapped(text, 10, measure - 2);
    return all.map((line, index) => ({ line, last: index === all.length - 1 }));
  });
  const height = Math.ceil(lines.length / columns);
  lines.forEach(({ line, last }, index) => {
    const column = Math.floor(index / height);
    const gaps = line.split(' ').length - 1;
    const spacing = last || gaps === 0 ? 0 : (measure - width(line, 10)) / gaps;
    content += show('F1', 10, 60 + column * (measure + 20), 506 - 13 * (index % height), line, spacing);
  });
  return content;
}

/**
 * The bytes of the book. Each page also draws as many single spaces as `spaces` says: nobody sees them, and a reader needs
 * its time for them, as for a page that is full of drawings.
 */
export function textbook(pages, spaces = 0) {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    '',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>',
    '<< /Title (The Elements, One by One) >>',
  ];
  const kids = [];
  const unseen = show('F1', 8, 60, 600, ' ').repeat(spaces);
  for (let number = 1; number <= pages; number += 1) {
    const content = deflateSync(Buffer.from(page(elements[(number - 1) % elements.length], number) + unseen));
    kids.push(`${objects.length + 1} 0 R`);
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 530 640] /Contents ${objects.length + 2} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`);
    objects.push(Buffer.concat([Buffer.from(`<< /Filter /FlateDecode /Length ${content.length} >>\nstream\n`), content, Buffer.from('\nendstream')]));
  }
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>`;
  const parts = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  const places = [];
  let length = parts[0].length;
  const add = (part) => {
    parts.push(Buffer.from(part));
    length += parts.at(-1).length;
  };
  objects.forEach((object, index) => {
    places.push(length);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
  });
  const table = length;
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`);
  add(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return Buffer.concat(parts);
}

if (import.meta.filename === process.argv[1]) writeFileSync(process.argv[3], textbook(Number(process.argv[2])));
