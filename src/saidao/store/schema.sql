-- The tables of a Saidao database. The comment above a table and the comment beside a column are their documentation:
-- docs/schema.md is made from them, and they are stored in the file itself (COMMENT ON).
-- Offsets count characters (code points) from 0; an end is exclusive: substr(text, "start" + 1, "end" - "start").
-- Long text is compressed with zstd: DuckDB's own choice makes long columns seven times slower to write.

-- What the file is: a few names with their values, among them `schema_version`.
CREATE TABLE meta (
    key VARCHAR NOT NULL,  -- Name of the value.
    value VARCHAR NOT NULL  -- The value.
);

-- One row a document. Its metadata are those of its primary source: the smallest by path, member, sheet and row.
CREATE TABLE documents (
    id VARCHAR NOT NULL,  -- First 16 hexadecimal digits of the SHA-256 of `text`.
    title VARCHAR,  -- Title, without the web page's additions.
    issuer VARCHAR,  -- Who speaks, in full Chinese: 湖南省人民政府.
    level VARCHAR,  -- Administrative level: central, province, prefecture, county.
    adcode VARCHAR,  -- Division code, GB/T 2260, six digits; 100000 for the whole country.
    region VARCHAR,  -- Name of the division: 湖南省; 全国 for the whole country.
    type VARCHAR NOT NULL,  -- Kind of document: work_report, plan, opinion, notice, news, broadcast, … other.
    year INTEGER,  -- Year of the report: one given in 2026 has 2026, whatever years it speaks of.
    date DATE,  -- Day of delivery, of issue or of publication.
    session VARCHAR,  -- Session at which it was given.
    publisher VARCHAR,  -- Who published it.
    aggregator VARCHAR,  -- Through whom it was received, where that is not the publisher.
    url VARCHAR,  -- Address it was published at.
    categories VARCHAR[] NOT NULL,  -- Categories that the source gives it.
    characters INTEGER NOT NULL,  -- Length of `text` in characters.
    text VARCHAR NOT NULL USING COMPRESSION zstd,  -- The content alone, one paragraph a line; noise is taken out.
    path VARCHAR NOT NULL,  -- File of the primary source, as given to the build.
    member VARCHAR,  -- Member of the archive, where the file is one.
    sheet VARCHAR,  -- Sheet of the workbook, where it has several.
    "row" INTEGER,  -- Record of the data set, from 1, the header not counted.
    extractor VARCHAR NOT NULL,  -- Hash of the code and data files that read it.
    reading VARCHAR NOT NULL,  -- Hash of what the extraction saw: the text, and what was known of it beforehand.
    digest VARCHAR NOT NULL  -- Hash of the document with its metadata and parts, the statements left out; empty where it waits to be read again.
);

-- Where documents were read from. The same text in two files is one document with two sources.
CREATE TABLE sources (
    document_id VARCHAR NOT NULL,  -- The document.
    path VARCHAR NOT NULL,  -- File, as given to the build, with / between folders.
    member VARCHAR,  -- Member of the archive; of an archive in an archive, joined with !/.
    sheet VARCHAR,  -- Sheet of the workbook, where it has several.
    "row" INTEGER,  -- Record of the data set, from 1, the header not counted.
    format VARCHAR NOT NULL,  -- markdown, html, text, docx, pdf, csv, tsv, json, jsonl, parquet, xlsx.
    encoding VARCHAR,  -- Encoding of the characters, where the format leaves it open.
    title VARCHAR,  -- Title as this source gives it.
    publisher VARCHAR,  -- Publisher as this source gives it.
    date VARCHAR,  -- Date as this source gives it.
    url VARCHAR  -- Address as this source gives it.
);

-- Stretches of a document with one role. They tile its text in order.
CREATE TABLE sections (
    document_id VARCHAR NOT NULL,  -- The document.
    n INTEGER NOT NULL,  -- Number within the document, from 1.
    "start" INTEGER NOT NULL,  -- First character.
    "end" INTEGER NOT NULL,  -- Behind the last character.
    role VARCHAR NOT NULL,  -- review_year, review_five_years, outlook_five_years, main_targets, plan_year, problems, other.
    title VARCHAR  -- Its heading.
);

-- Sentences. With the white space between them they tile the text.
CREATE TABLE sentences (
    id VARCHAR NOT NULL,  -- The document's id, a colon, and `start`.
    document_id VARCHAR NOT NULL,  -- The document.
    n INTEGER NOT NULL,  -- Number within the document, from 1.
    "start" INTEGER NOT NULL,  -- First character.
    "end" INTEGER NOT NULL,  -- Behind the last character.
    section VARCHAR,  -- Role of the section it stands in.
    text VARCHAR NOT NULL USING COMPRESSION zstd  -- The sentence.
);

-- Quantified statements, and targets in words. The fields are those of docs/codebook.md.
CREATE TABLE statements (
    id VARCHAR NOT NULL,  -- Hash of document, start and end: a better reading changes the values, not the id.
    document_id VARCHAR NOT NULL,  -- The document.
    sentence_id VARCHAR,  -- The sentence.
    "start" INTEGER NOT NULL,  -- First character of the quote in the document's text.
    "end" INTEGER NOT NULL,  -- Behind its last character.
    quote VARCHAR NOT NULL,  -- The figure with its unit and bound, exactly as it stands there.
    indicator VARCHAR,  -- What is measured, in the text's words.
    indicator_id VARCHAR,  -- The standard indicator, where it is one.
    kind VARCHAR NOT NULL,  -- level, growth, delta, share, rank, multiple; in words: relation, delegated, text.
    low DECIMAL(38, 12),  -- The number, or the lower end of a range, multipliers applied (4.8 for 4.8%).
    high DECIMAL(38, 12),  -- The number, or the upper end of a range.
    unit VARCHAR,  -- Unit without multipliers: 元, %, 百分点, 家, 吨 …
    bound VARCHAR,  -- eq as stated, ge at least, le at most, approx about; empty for targets in words.
    status VARCHAR NOT NULL,  -- achieved, target, reference.
    period VARCHAR,  -- Year or years it is about: 2025, 2021-2025.
    region VARCHAR,  -- Place it is about, where that is not the issuer's whole area.
    industry VARCHAR,  -- Industry, chain or cluster it is about, in the text's words.
    scope VARCHAR,  -- Words that narrow the indicator: 同口径, 扣除价格因素, 规模以上; joined with ;.
    hedge VARCHAR,  -- Words that soften or stress a target: 力争, 确保; joined with ;.
    wording VARCHAR,  -- The words of a target without a figure: 与经济增长同步; empty where there is a figure.
    section VARCHAR,  -- Role of the section it stands in.
    industry_id VARCHAR  -- The industry's id, a row of the data file industry_names.csv.
);

-- What sentences do: tools, themes and wording, by docs/measures-codebook.md. A row a sentence, or a part of it up to a
-- semicolon, in which anything is found.
CREATE TABLE measures (
    id VARCHAR NOT NULL,  -- Hash of document and place.
    document_id VARCHAR NOT NULL,  -- The document.
    sentence_id VARCHAR,  -- The sentence.
    "start" INTEGER NOT NULL,  -- First character.
    "end" INTEGER NOT NULL,  -- Behind the last character.
    status VARCHAR NOT NULL,  -- done, planned, context.
    tools VARCHAR[] NOT NULL,  -- What government does: rows of the data file tools.csv.
    themes VARCHAR[] NOT NULL,  -- shore_up, build_strength, resilience.
    strength INTEGER NOT NULL,  -- How binding the wording is: 0 nothing said, 1 explore, 2 encourage, 3 push on, 4 must.
    commits VARCHAR[] NOT NULL,  -- What makes it firm: money, quota, deadline.
    mechanisms VARCHAR[] NOT NULL,  -- How it is to be carried out: lead_agency, assessment, pilot, list, deadline, budget.
    relations VARCHAR[] NOT NULL,  -- Whose it is: national_plan, national_pilot, own_initiative.
    regions VARCHAR[] NOT NULL,  -- Places that it names, in the text's words, the issuer's own left out.
    section VARCHAR  -- Role of the section it stands in.
);

-- The words that gave a measure its codes.
CREATE TABLE cues (
    document_id VARCHAR NOT NULL,  -- The document.
    measure_id VARCHAR NOT NULL,  -- The measure.
    "start" INTEGER NOT NULL,  -- First character.
    "end" INTEGER NOT NULL,  -- Behind the last character.
    quote VARCHAR NOT NULL,  -- The words.
    code VARCHAR NOT NULL  -- A tool, a theme, or a code of the wording (strength_3, money, pilot …).
);

-- Industries that sentences name, each spelling once a sentence.
CREATE TABLE mentions (
    id VARCHAR NOT NULL,  -- Hash of document and place.
    document_id VARCHAR NOT NULL,  -- The document.
    sentence_id VARCHAR,  -- The sentence.
    measure_id VARCHAR NOT NULL,  -- The measure whose sentence it is.
    "start" INTEGER NOT NULL,  -- First character.
    "end" INTEGER NOT NULL,  -- Behind the last character.
    quote VARCHAR NOT NULL,  -- The name as it stands there.
    industry_id VARCHAR,  -- Row of the data file industry_names.csv; empty for a name that only its form tells.
    generic BOOLEAN NOT NULL,  -- It names a class of industries: 制造业, 未来产业.
    status VARCHAR NOT NULL,  -- done, planned, context: that of its sentence.
    section VARCHAR  -- Role of the section it stands in.
);

-- The register of what bears industrial policy: clusters, chains, centres, projects, parks, firms, funds, actions.
CREATE TABLE carriers (
    id VARCHAR NOT NULL,  -- Hash of document and place.
    document_id VARCHAR NOT NULL,  -- The document.
    sentence_id VARCHAR,  -- The sentence.
    measure_id VARCHAR NOT NULL,  -- The measure whose sentence it is.
    "start" INTEGER NOT NULL,  -- First character.
    "end" INTEGER NOT NULL,  -- Behind the last character.
    quote VARCHAR NOT NULL,  -- What names or counts it, as it stands there: 13条重点产业链.
    type VARCHAR NOT NULL,  -- cluster, chain, innovation_centre, project, park, enterprise, fund, action.
    name VARCHAR NOT NULL,  -- The quote without its count.
    number BIGINT,  -- How many there are.
    low DECIMAL(38, 12),  -- Their scale in money, or its lower end, multipliers applied.
    high DECIMAL(38, 12),  -- The scale, or its upper end.
    unit VARCHAR,  -- Currency of the scale.
    bound VARCHAR,  -- eq, ge, le, approx.
    measured VARCHAR,  -- What the scale measures, in the text's words.
    deadline INTEGER,  -- Year by which it is planned.
    region VARCHAR,  -- Place it is about, where that is not the issuer's whole area.
    industries VARCHAR[] NOT NULL,  -- Rows of the data file industry_names.csv.
    status VARCHAR NOT NULL,  -- done, planned, context: that of its sentence.
    section VARCHAR,  -- Role of the section it stands in.
    statement_id VARCHAR  -- The statement that tells the scale.
);

-- For each division, year and indicator the statement that is its target or its result, chosen at the end of a build from
-- the tables above: what a round-up, a ledger and a series show.
CREATE TABLE cells (
    adcode VARCHAR NOT NULL,  -- Division code of the report's issuer.
    region VARCHAR NOT NULL,  -- Name of the division.
    year INTEGER NOT NULL,  -- Year that the target or the result is for.
    role VARCHAR NOT NULL,  -- target, result.
    indicator_id VARCHAR NOT NULL,  -- The standard indicator under which it is counted.
    measure VARCHAR NOT NULL,  -- growth, level, share, delta; empty text for a target in words.
    statement_id VARCHAR NOT NULL,  -- The statement.
    document_id VARCHAR NOT NULL,  -- Its document.
    named VARCHAR,  -- What is measured, in the text's words; of several indicators that share a rate, the one meant.
    named_id VARCHAR NOT NULL,  -- The standard indicator that these words are.
    place VARCHAR NOT NULL,  -- Where it stands: main_targets, plan_year, review_year, review_five_years, other; of other reports than work reports with its type.
    disagrees VARCHAR[] NOT NULL  -- Statements of equal authority that give another figure: 5.5%@document:start.
);

-- The divisions whose cells are in `cells`, so that cells of another state of the file are not taken for its own.
CREATE TABLE cell_groups (
    adcode VARCHAR NOT NULL,  -- Division code.
    region VARCHAR NOT NULL,  -- Name of the division.
    state VARCHAR NOT NULL,  -- What the documents were from which its cells were chosen.
    version VARCHAR NOT NULL  -- Hash of the code and data files that chose them.
);

-- Pictures of a document.
CREATE TABLE images (
    document_id VARCHAR NOT NULL,  -- The document.
    n INTEGER NOT NULL,  -- Number within the document, from 1.
    position INTEGER NOT NULL,  -- Where in the text it stands.
    url VARCHAR NOT NULL,  -- Its real address.
    width INTEGER,  -- Width in pixels, as the page says.
    height INTEGER,  -- Height in pixels, as the page says.
    alt VARCHAR,  -- Its description.
    given VARCHAR  -- The address as the page gave it, where that differs.
);

-- What the sources hold beside content. Kept for inspection; never extracted from, counted or searched.
CREATE TABLE noise (
    document_id VARCHAR NOT NULL,  -- The document.
    n INTEGER NOT NULL,  -- Number within the document, from 1.
    position INTEGER NOT NULL,  -- Where in the text it stood.
    reason VARCHAR NOT NULL,  -- button, navigation, source_line, caption, byline, title, link …
    text VARCHAR NOT NULL USING COMPRESSION zstd  -- The piece itself.
);

-- Doubts and disagreements about a document, for example between a file's name and its text.
CREATE TABLE notes (
    document_id VARCHAR NOT NULL,  -- The document.
    n INTEGER NOT NULL,  -- Number within the document, from 1.
    code VARCHAR NOT NULL,  -- Which doubt; a row of the data file notes.csv.
    detail VARCHAR NOT NULL  -- What it is about.
);

-- Inputs that did not become documents, and why.
CREATE TABLE rejects (
    path VARCHAR NOT NULL,  -- File, as given to the build.
    member VARCHAR,  -- Member of the archive.
    sheet VARCHAR,  -- Sheet of the workbook.
    "row" INTEGER,  -- Record of the data set.
    format VARCHAR,  -- Format, as far as it was known.
    code VARCHAR NOT NULL,  -- The reason; a row of the data file rejects.csv.
    detail VARCHAR NOT NULL  -- What the reason is about.
);

-- Files that were read to their end, so that the next build can pass over those that are unchanged.
CREATE TABLE inputs (
    path VARCHAR NOT NULL,  -- File, as given to the build.
    size BIGINT NOT NULL,  -- Its size in bytes.
    mtime BIGINT NOT NULL,  -- When it was last changed, in nanoseconds since 1970.
    sha256 VARCHAR NOT NULL,  -- Hash of its bytes.
    reader VARCHAR NOT NULL  -- Which code, data files and column mapping read it.
);

-- Statistics that `saidao import-statistics` read from files, one row a cell with a number. A build leaves them alone.
-- Several rows for one region, year and indicator are all kept: which of them to believe is not decided here.
CREATE TABLE statistics (
    region VARCHAR NOT NULL,  -- Name of the division, in full: 湖南省; 全国 for the whole country.
    adcode VARCHAR NOT NULL,  -- Division code, GB/T 2260, six digits; 100000 for the whole country.
    year INTEGER NOT NULL,  -- Year that the figure is about.
    indicator VARCHAR NOT NULL,  -- What is measured, in the file's own words, with the unit it gives there.
    indicator_id VARCHAR,  -- The standard indicator, where it is one.
    measure VARCHAR NOT NULL,  -- level, growth, share, delta. An index (上年=100) is growth: the index less 100.
    value DECIMAL(38, 12) NOT NULL,  -- The number, multipliers applied: 53084.7 in 亿元 is 5308470000000.
    unit VARCHAR,  -- Unit without multipliers: 元, %, 人 …; empty where the file gives none.
    text VARCHAR NOT NULL,  -- The cell as it stands in the file.
    path VARCHAR NOT NULL,  -- File, as given to the import.
    sheet VARCHAR,  -- Sheet of the workbook.
    "row" INTEGER NOT NULL,  -- Line of the file or row of the sheet, from 1, every line counted.
    "column" VARCHAR NOT NULL,  -- Heading of the column: 2024年.
    basis VARCHAR,  -- What the figure rests on, where the file says: 现价, 不变价, 上年=100.
    source VARCHAR  -- Where the file says its data come from: 国家统计局.
);

-- What `saidao import-statistics` could not read, and why: a file, a row of it, or a cell.
CREATE TABLE statistics_rejects (
    path VARCHAR NOT NULL,  -- File, as given to the import.
    sheet VARCHAR,  -- Sheet of the workbook.
    "row" INTEGER,  -- Line of the file or row of the sheet, from 1; empty where the whole is meant.
    "column" VARCHAR,  -- Heading of the column, where one cell is meant.
    code VARCHAR NOT NULL,  -- The reason; a row of the data file rejects.csv.
    detail VARCHAR NOT NULL  -- What the reason is about.
);

-- Builds that wrote this file.
CREATE TABLE runs (
    id INTEGER NOT NULL,  -- Number of the build, from 1.
    started TIMESTAMP NOT NULL,  -- When it began (UTC).
    finished TIMESTAMP,  -- When it ended; empty where it was cut off.
    state VARCHAR NOT NULL,  -- done, interrupted; running where it was cut off or still runs.
    version VARCHAR NOT NULL,  -- Version of Saidao.
    extractor VARCHAR NOT NULL,  -- Hash of the code and data files that read.
    paths VARCHAR[] NOT NULL,  -- What it was asked to read.
    files_read INTEGER,  -- Files read.
    files_skipped INTEGER,  -- Files passed over because they were unchanged.
    documents_new INTEGER,  -- Documents added.
    documents_changed INTEGER,  -- Documents read differently than before.
    documents_removed INTEGER,  -- Documents whose last source had gone.
    statements INTEGER,  -- Statements written.
    rejects INTEGER,  -- Inputs rejected.
    characters BIGINT,  -- Characters of the documents that were read.
    seconds DOUBLE  -- How long it took.
);
