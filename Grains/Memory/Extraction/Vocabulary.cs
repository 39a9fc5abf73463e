using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Colloquy.Memory.Extraction;

/// <summary>The words by which a profession, a condition or a medicine is told from anything else that one can be, have or
/// take.</summary>
internal static class Vocabulary
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly FrozenSet<string> Roles = Set(
        "doctor physician nurse midwife surgeon engineer developer programmer manager lawyer attorney pharmacist "
            + "student researcher "
        + "scientist teacher consultant specialist officer designer analyst director founder co-founder ceo cto cfo "
        + "coo therapist "
        + "paramedic auditor assistant professor technician writer journalist economist statistician paediatrician pediatrician "
        + "dentist chemist biologist toxicologist veterinarian vet gp dietitian nutritionist accountant architect electrician "
        + "librarian farmer cook chef pilot driver policeman firefighter translator coordinator monitor investigator inspector "
        + "executive advisor adviser administrator intern postdoc lecturer counsel head lead owner epidemiologist resident "
        + "physiotherapist psychologist psychotherapist psychiatrist carpenter baker retiree pensioner");

    private static readonly Regex RoleEnding = new(@"(ologist|ician|iatrist|therapist|scientist|specialist|ographer)$", Options);

    private static readonly Regex Conditions = new(
        @"\b(diabetes|hypertension|asthma|copd|epilepsy|migraines?|cancer|arthritis|depression|anxiety|disease|syndrome|disorder"
        + @"|insufficiency|deficiency|fibrillation|hiv|(high|low) blood pressure|high cholesterol|heart failure|kidney failure"
        + @"|renal failure|gout|lupus|psoriasis|eczema|glaucoma|adhd|anemia|anaemia|stroke|pacemaker|tinnitus|hay fever|obesity"
        + @"|\p{L}+(itis|osis|emia|aemia|pathy|algia|oma|uria|penia)|apnea|apnoea|leuk(a)?emia|thyroidism|hypothyroidism)\b",
            Options);

    private static readonly Regex NotOwn = new(
        @"\b(about|question|questions|patients?|friend|client|colleague|relative|family|history|fear|with|who|whose"
            + @"|no|not|never|your"
        + @"|mother|father|son|daughter|wife|husband|paper|report|book|study|trial|lecture|exam|suspicion|suspected|risk|doubt"
        + @"|student|article|slides|talk|idea|plan|thesis|database|dataset|model|product|device|app|that|this)\b", Options);

    private static readonly Regex Medicines = new(
        @"\b(aspirin|paracetamol|acetaminophen|ibuprofen|insulin|warfarin|heparin|methotrexate|prednis(olo)?ne|l-?thyroxine"
        + @"|levothyroxine|digoxin|furosemide|lithium|tamoxifen|vitamin|iron|amiodarone|clopidogrel|gabapentin|pregabalin"
        + @"|hydrochlorothiazide|spironolactone|naproxen|codeine|tramadol|morphine|sertraline|fluoxetine|lamotrigine|valproate"
        + @"|levetiracetam|allopurinol|beta.?blockers?|statins?|antidepressants?|blood thinners?|contraceptives?|the pill"
        + @"|semaglutide|ozempic|melatonin|magnesium|cortisone|hydrocortisone"
        + @"|\p{L}+(formin|pril|sartan|olol|statin|prazole|cillin|mycin|floxacin|dipine|gliptin|gliflozin|glutide|xaban|gatran"
        + @"|triptan|azepam|azolam|setron|fenac|coxib|oxetine|tidine|ximab|zumab|tinib|azole|vir))\b", Options);

    private static readonly Regex Dose = new(@"\b\d+([.,]\d+)? ?(mg|mcg|µg|g|ml|units?|iu|tablets?|puffs?)\b", Options);

    public static readonly FrozenSet<string> Languages = Set(
        "english german french spanish italian portuguese dutch polish czech slovak hungarian slovenian croatian serbian bosnian "
        + "albanian greek turkish russian ukrainian romanian bulgarian swedish norwegian danish finnish estonian "
        + "latvian lithuanian "
        + "arabic hebrew persian farsi hindi urdu bengali tamil chinese mandarin cantonese japanese korean vietnamese thai "
        + "indonesian malay swahili catalan basque irish welsh icelandic maltese deutsch");

    /// <summary>Judgements: "our device is a total mess" tells nothing of the device.</summary>
    public static readonly Regex Judgement = new(
        @"\b(mess|disaster|joke|nightmare|problem|pain|success|failure|lot|bit|little|great|good|bad|nice|best|worst|shame|pity"
        + @"|dream|hit|flop|pleasure|fan|moment|challenge|mystery)\b", Options);

    public static bool IsRole(string text) => text.Split(' ') is { Length: <= 6 } words && !NotOwn.IsMatch(text)
        && (Roles.Contains(words[^1]) || RoleEnding.IsMatch(words[^1]) || words is [var head, "of", ..] && Roles.Contains(head));

    public static bool IsCondition(string text) => IsShort(text, 6) && Conditions.IsMatch(text) && !NotOwn.IsMatch(text);

    /// <summary>What one was diagnosed with need not be in the list.</summary>
    public static bool MayBeCondition(string text) => IsShort(text, 6) && !NotOwn.IsMatch(text);

    public static bool IsMedicine(string text) =>
        IsShort(text, 7) && (Medicines.IsMatch(text) || Dose.IsMatch(text)) && !NotOwn.IsMatch(text);

    public static bool IsShort(string text, int words) =>
        text.Length is > 1 and <= 80 && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= words;

    /// <summary>A proper name, in an alphabet that has capitals or in one that has not.</summary>
    public static bool IsName(string text, int words) => IsShort(text, words)
        && (char.IsUpper(text[0]) || (char.IsLetter(text[0]) && !char.IsLower(text[0])));

    private static FrozenSet<string> Set(string words) =>
        FrozenSet.ToFrozenSet(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
