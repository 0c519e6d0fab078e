#include "base/error.h"
#include "engines/postgres/parse.h"

namespace slipway::postgres {
namespace {

using namespace std::string_literals;
using Texts = std::vector<std::string>;

ScriptText scriptOf(std::string text) { return {.file = "V1__x.sql", .text = std::move(text)}; }

Texts pieces(const std::string& text) {
    const ScriptText script = scriptOf(text);
    Texts found;
    for (const Piece& piece : split(script)) found.emplace_back(piece.span.of(script.text));
    return found;
}

struct Case {
    const char* about;
    std::string text;
    Texts expected;
};

const std::vector<Case> cases = {
    // Where statements end.
    {"nothing", "", {}},
    {"only blanks", " \t\r\n\f\v", {}},
    {"only comments", "-- a\n/* b */\n--", {}},
    {"only semicolons", ";; ;\n;", {}},
    {"one without a semicolon", "SELECT 1", {"SELECT 1"}},
    {"one", "SELECT 1;", {"SELECT 1"}},
    {"two on one line", "SELECT 1;SELECT 2;", {"SELECT 1", "SELECT 2"}},
    {"empty statements between", "SELECT 1;;\n;SELECT 2", {"SELECT 1", "SELECT 2"}},
    {"blanks around", "\n\n  SELECT 1 \n ;\n\tSELECT 2 \n", {"SELECT 1", "SELECT 2"}},
    {"line ends of Windows", "SELECT 1\r\n, 2;\r\nSELECT 3;\r\n", {"SELECT 1\r\n, 2", "SELECT 3"}},
    {"line ends of old Macs", "-- a\rSELECT 1;\r-- b\rSELECT 2", {"SELECT 1", "SELECT 2"}},
    {"a byte order mark", "\xEF\xBB\xBFSELECT 1;", {"SELECT 1"}},
    {"a byte order mark and a comment", "\xEF\xBB\xBF-- a\nSELECT 1;", {"SELECT 1"}},
    {"letters beyond ASCII", "SELECT 'ü;' AS größe; SELECT 2", {"SELECT 'ü;' AS größe", "SELECT 2"}},

    // Comments.
    {"a comment before", "-- what; this does\nSELECT 1;", {"SELECT 1"}},
    {"a comment behind", "SELECT 1 -- one;\n;SELECT 2 -- two", {"SELECT 1", "SELECT 2"}},
    {"a comment inside", "SELECT -- one; two\n 1;", {"SELECT -- one; two\n 1"}},
    {"a block comment before", "/* a; */ SELECT 1; /* b; */", {"SELECT 1"}},
    {"nested comments", "/* a /* b; */ c; */ SELECT 1;", {"SELECT 1"}},
    {"deeply nested comments", "/*/*/*;*/*/;*/SELECT 1", {"SELECT 1"}},
    {"a slash and a star that touch", "/**//*;**/SELECT 1", {"SELECT 1"}},
    {"a quote in a comment", "-- it's\nSELECT 1; /* don't */ SELECT 2", {"SELECT 1", "SELECT 2"}},
    {"a dollar quote in a comment", "-- $$\nSELECT 1; /* $a$ */ SELECT 2", {"SELECT 1", "SELECT 2"}},
    {"two minuses after an operator", "SELECT 1+--;\n2;", {"SELECT 1+--;\n2"}},
    {"minus and slash alone", "SELECT 4 - - 1 / 2;SELECT 2", {"SELECT 4 - - 1 / 2", "SELECT 2"}},
    {"a comment sign in a string", "SELECT '--', '/*';SELECT 2", {"SELECT '--', '/*'", "SELECT 2"}},
    {"a backslash in a comment", "-- \\i x\n/* \\set */SELECT 1", {"SELECT 1"}},

    // Strings.
    {"a semicolon in a string", "SELECT 'a;b';SELECT 2", {"SELECT 'a;b'", "SELECT 2"}},
    {"a doubled quote", "SELECT 'it''s; so';SELECT 2", {"SELECT 'it''s; so'", "SELECT 2"}},
    {"an empty string", "SELECT '';SELECT 2", {"SELECT ''", "SELECT 2"}},
    {"a string of one quote", "SELECT '''';SELECT 2", {"SELECT ''''", "SELECT 2"}},
    {"a backslash in a standard string", "SELECT 'a\\';SELECT 2", {"SELECT 'a\\'", "SELECT 2"}},
    {"a backslash in an E string", "SELECT E'a\\';b';SELECT 2", {"SELECT E'a\\';b'", "SELECT 2"}},
    {"a small e", "SELECT e'a\\';b';SELECT 2", {"SELECT e'a\\';b'", "SELECT 2"}},
    {"two backslashes in an E string", "SELECT E'a\\\\';SELECT 2", {"SELECT E'a\\\\'", "SELECT 2"}},
    {"a doubled quote in an E string", "SELECT E'a'';b';SELECT 2", {"SELECT E'a'';b'", "SELECT 2"}},
    {"a name that ends in e", "SELECT type'a\\';SELECT 2", {"SELECT type'a\\'", "SELECT 2"}},
    {"an e and a blank", "SELECT e 'a\\';SELECT 2", {"SELECT e 'a\\'", "SELECT 2"}},
    {"a number before e", "SELECT 1e'a\\';b';SELECT 2", {"SELECT 1e'a\\';b'", "SELECT 2"}},
    {"an E string that goes on", "SELECT E'a'\n  '\\';b';SELECT 2", {"SELECT E'a'\n  '\\';b'", "SELECT 2"}},
    {"an E string that goes on behind a comment", "SELECT E'a'\n--c;\n'\\';b';SELECT 2",
     {"SELECT E'a'\n--c;\n'\\';b'", "SELECT 2"}},
    {"an E string that does not go on", "SELECT E'a' '\\';SELECT 2", {"SELECT E'a' '\\'", "SELECT 2"}},
    {"a Unicode string", "SELECT U&'\\0061;\\';SELECT 2", {"SELECT U&'\\0061;\\'", "SELECT 2"}},
    {"bits", "SELECT B'01', X'ff;';SELECT 2", {"SELECT B'01', X'ff;'", "SELECT 2"}},
    {"a string over lines", "SELECT 'a\n;\nb';SELECT 2", {"SELECT 'a\n;\nb'", "SELECT 2"}},

    // Quoted names.
    {"a semicolon in a name", "SELECT 1 AS \"a;b\";SELECT 2", {"SELECT 1 AS \"a;b\"", "SELECT 2"}},
    {"a doubled quote in a name", "SELECT 1 AS \"a\"\";b\";SELECT 2", {"SELECT 1 AS \"a\"\";b\"", "SELECT 2"}},
    {"a single quote in a name", "SELECT 1 AS \"it's\";SELECT 2", {"SELECT 1 AS \"it's\"", "SELECT 2"}},
    {"a backslash in a name", "SELECT 1 AS \"a\\\";SELECT 2", {"SELECT 1 AS \"a\\\"", "SELECT 2"}},
    {"a Unicode name", "SELECT 1 AS U&\"d\\0061;\";SELECT 2", {"SELECT 1 AS U&\"d\\0061;\"", "SELECT 2"}},

    // Dollar quotes.
    {"a dollar quote", "SELECT $$a;'b$$;SELECT 2", {"SELECT $$a;'b$$", "SELECT 2"}},
    {"a tag", "SELECT $a$x;$$y;$b$z$a$;SELECT 2", {"SELECT $a$x;$$y;$b$z$a$", "SELECT 2"}},
    {"a tag with digits and letters beyond ASCII", "SELECT $ü_1$;$ü_1$;SELECT 2",
     {"SELECT $ü_1$;$ü_1$", "SELECT 2"}},
    {"a tag's case counts", "SELECT $a$;$A$;$a$;SELECT 2", {"SELECT $a$;$A$;$a$", "SELECT 2"}},
    {"a half tag inside", "SELECT $a$x$a;$a$;SELECT 2", {"SELECT $a$x$a;$a$", "SELECT 2"}},
    {"a name with dollars", "SELECT a$b$;SELECT 2;SELECT c$b$", {"SELECT a$b$", "SELECT 2", "SELECT c$b$"}},
    {"a name that ends in dollars", "SELECT a$$;SELECT b$$", {"SELECT a$$", "SELECT b$$"}},
    {"a quote behind a number", "SELECT 1$$;$$;SELECT 2", {"SELECT 1$$;$$", "SELECT 2"}},
    {"parameters", "PREPARE p AS SELECT $1;SELECT $2$x$;$x$", {"PREPARE p AS SELECT $1", "SELECT $2$x$;$x$"}},
    {"a tag may not begin with a digit", "SELECT $1a$;SELECT $1a$", {"SELECT $1a$", "SELECT $1a$"}},
    {"an empty body", "SELECT $$$$;SELECT 2", {"SELECT $$$$", "SELECT 2"}},
    {"a function in a function", "DO $a$ BEGIN EXECUTE $b$SELECT 1;$b$; END $a$;SELECT 2",
     {"DO $a$ BEGIN EXECUTE $b$SELECT 1;$b$; END $a$", "SELECT 2"}},

    // Parentheses.
    {"a rule with actions", "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b);SELECT 2",
     {"CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)", "SELECT 2"}},
    {"nested parentheses", "SELECT ((1);(2));SELECT 2", {"SELECT ((1);(2))", "SELECT 2"}},
    {"one that is not closed", "SELECT (1; SELECT 2;", {"SELECT (1; SELECT 2;"}},
    {"one too many closed", "SELECT 1); SELECT (2);", {"SELECT 1)", "SELECT (2)"}},
    {"a parenthesis in a string", "SELECT '('; SELECT 2;", {"SELECT '('", "SELECT 2"}},

    // Bodies in SQL.
    {"a body", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
     {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END", "SELECT 3"}},
    {"a body of a procedure", "create or replace procedure p() begin atomic delete from a; end; SELECT 3",
     {"create or replace procedure p() begin atomic delete from a; end", "SELECT 3"}},
    {"CASE in a body", "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN CASE 2 END END; END; SELECT 3",
     {"CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN CASE 2 END END; END", "SELECT 3"}},
    {"CASE in parentheses in a body", "CREATE FUNCTION f() BEGIN ATOMIC SELECT (CASE 1 END); END; SELECT 3",
     {"CREATE FUNCTION f() BEGIN ATOMIC SELECT (CASE 1 END); END", "SELECT 3"}},
    {"key words as names in a body", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 AS end, t.case FROM t; END; SELECT 3",
     {"CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 AS end, t.case FROM t; END", "SELECT 3"}},
    {"comments in its first words",
     "CREATE /*;*/ OR -- ;\nREPLACE FUNCTION f() BEGIN/**/ATOMIC SELECT 1; END; SELECT 3",
     {"CREATE /*;*/ OR -- ;\nREPLACE FUNCTION f() BEGIN/**/ATOMIC SELECT 1; END", "SELECT 3"}},
    {"an empty body", "CREATE FUNCTION f() BEGIN ATOMIC END; SELECT 3",
     {"CREATE FUNCTION f() BEGIN ATOMIC END", "SELECT 3"}},
    {"a quoted body with CASE", "CREATE FUNCTION f() AS $$BEGIN ATOMIC CASE$$; SELECT 3",
     {"CREATE FUNCTION f() AS $$BEGIN ATOMIC CASE$$", "SELECT 3"}},
    {"BEGIN as an argument's name", "CREATE FUNCTION f(begin int) RETURNS int RETURN 1; SELECT 3",
     {"CREATE FUNCTION f(begin int) RETURNS int RETURN 1", "SELECT 3"}},
    {"a transaction", "BEGIN; SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 3",
     {"BEGIN", "SELECT CASE 1 WHEN 1 THEN 2 END", "END", "SELECT 3"}},
    {"BEGIN ATOMIC outside of a routine", "BEGIN ATOMIC; SELECT 1; END", {"BEGIN ATOMIC", "SELECT 1", "END"}},

    // What psql's own commands leave.
    {"restrictions of pg_dump", "\\restrict aB3\nSELECT 1;\n\\unrestrict aB3\n", {"SELECT 1"}},
    {"restrictions with line ends of Windows", "\\restrict aB3\r\nSELECT 1;\r\n\\unrestrict aB3", {"SELECT 1"}},
    {"a restriction behind a statement", "SELECT 1; \\restrict 'a;\nSELECT 2", {"SELECT 1", "SELECT 2"}},
};

TEST(Split, FindsWhereStatementsEnd) {
    for (const Case& c : cases) EXPECT_EQ(pieces(c.text), c.expected) << c.about << ": " << c.text;
}

struct CopyCase {
    const char* about;
    std::string text;
    bool copyIn;
    std::string data;
    Texts expected;
};

const std::vector<CopyCase> copies = {
    {"rows", "COPY t FROM stdin;\n1\ta\n2\tb\n\\.\nSELECT 1;", true, "1\ta\n2\tb\n", {"COPY t FROM stdin", "SELECT 1"}},
    {"as pg_dump writes it", "COPY public.t (id, n) FROM stdin;\n1\t;'$$\n\\.\n\n\nSELECT 1;", true, "1\t;'$$\n",
     {"COPY public.t (id, n) FROM stdin", "SELECT 1"}},
    {"capitals", "COPY t FROM STDIN;\n1\n\\.\n", true, "1\n", {"COPY t FROM STDIN"}},
    {"mixed case and comments", "copy t /* ; */ From -- ;\n StdIn ;\n1\n\\.\n", true, "1\n",
     {"copy t /* ; */ From -- ;\n StdIn"}},
    {"options", "COPY t FROM STDIN WITH (FORMAT csv, DELIMITER ';');\n1;a\n\\.\nSELECT 1", true, "1;a\n",
     {"COPY t FROM STDIN WITH (FORMAT csv, DELIMITER ';')", "SELECT 1"}},
    {"old options", "COPY t FROM STDIN CSV HEADER;\nid\n1\n\\.\n", true, "id\n1\n", {"COPY t FROM STDIN CSV HEADER"}},
    {"a condition", "COPY t FROM STDIN WHERE id > 1;\n1\n\\.\n", true, "1\n", {"COPY t FROM STDIN WHERE id > 1"}},
    {"stdout means stdin behind FROM", "COPY t FROM stdout;\n1\n\\.\n", true, "1\n", {"COPY t FROM stdout"}},
    {"no rows", "COPY t FROM stdin;\n\\.\nSELECT 1", true, "", {"COPY t FROM stdin", "SELECT 1"}},
    {"no end", "COPY t FROM stdin;\n1\n2", true, "1\n2", {"COPY t FROM stdin"}},
    {"nothing below", "COPY t FROM stdin;", true, "", {"COPY t FROM stdin"}},
    {"no semicolon", "COPY t FROM stdin", true, "", {"COPY t FROM stdin"}},
    {"blanks and a comment behind", "COPY t FROM stdin; -- rows\n1\n\\.\n", true, "1\n", {"COPY t FROM stdin"}},
    {"line ends of Windows", "COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;\r\n", true, "1\r\n",
     {"COPY t FROM stdin", "SELECT 1"}},
    {"the end at the end", "COPY t FROM stdin;\n1\n\\.", true, "1\n", {"COPY t FROM stdin"}},
    {"what only looks like the end", "COPY t FROM stdin;\n\\.x\na\\.\n \\.\n\\.\n", true, "\\.x\na\\.\n \\.\n",
     {"COPY t FROM stdin"}},
    {"an empty row first", "COPY t FROM stdin;\n\n1\n\\.\n", true, "\n1\n", {"COPY t FROM stdin"}},
    {"to stdout", "COPY t TO stdout; SELECT 1", false, "", {"COPY t TO stdout", "SELECT 1"}},
    {"a file", "COPY t FROM '/tmp/stdin'; SELECT 1", false, "", {"COPY t FROM '/tmp/stdin'", "SELECT 1"}},
    {"a program", "COPY t FROM PROGRAM 'stdin'; SELECT 1", false, "", {"COPY t FROM PROGRAM 'stdin'", "SELECT 1"}},
    {"a table of that name in a query", "COPY (SELECT 1 FROM stdin) TO '/tmp/x'; SELECT 1", false, "",
     {"COPY (SELECT 1 FROM stdin) TO '/tmp/x'", "SELECT 1"}},
    {"a column of that name in a condition", "COPY t FROM '/tmp/x' WHERE a IS DISTINCT FROM stdin; SELECT 1", false, "",
     {"COPY t FROM '/tmp/x' WHERE a IS DISTINCT FROM stdin", "SELECT 1"}},
    {"a quoted name", "COPY t FROM \"stdin\"; SELECT 1", false, "", {"COPY t FROM \"stdin\"", "SELECT 1"}},
    {"no COPY at all", "SELECT 1 FROM stdin;\nSELECT 2", false, "", {"SELECT 1 FROM stdin", "SELECT 2"}},
};

TEST(Split, TakesTheRowsOfCopy) {
    for (const CopyCase& c : copies) {
        const ScriptText script = scriptOf(c.text);
        const std::vector<Piece> found = split(script);
        ASSERT_FALSE(found.empty()) << c.about;
        EXPECT_EQ(found[0].copyIn, c.copyIn) << c.about;
        EXPECT_EQ(found[0].data.of(script.text), c.data) << c.about;
        EXPECT_EQ(pieces(c.text), c.expected) << c.about;
    }
}

TEST(Split, FindsSeveralCopiesInOneScript) {
    const ScriptText script = scriptOf("COPY a FROM stdin;\n1\n\\.\nCOPY b FROM stdin;\n2\n\\.\nSELECT 3;");
    const std::vector<Piece> found = split(script);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].data.of(script.text), "1\n");
    EXPECT_EQ(found[1].data.of(script.text), "2\n");
    EXPECT_FALSE(found[2].copyIn);
    EXPECT_TRUE(found[2].data.empty());
}

struct ErrorCase {
    std::string text;
    const char* code;
    int line;
    int column;
    const char* message;
    const char* hint;
};

const std::vector<ErrorCase> errors = {
    {"SELECT 1;\n\\i other.sql\n", "psql-command", 2, 1, "\\i is a command of psql", "migration of its own"},
    {"\\ir other.sql", "psql-command", 1, 1, "\\ir ", "migration of its own"},
    {"\\set name value", "psql-command", 1, 1, "\\set ", "${name}"},
    {"SELECT 1;\n  \\connect shop\n", "psql-command", 2, 3, "\\connect ", "slipway.toml"},
    {"\\c shop", "psql-command", 1, 1, "\\c ", "slipway.toml"},
    {"\\echo hello", "psql-command", 1, 1, "\\echo ", "RAISE NOTICE"},
    {"\\copy t FROM 'x.csv'", "psql-command", 1, 1, "\\copy ", "COPY table FROM stdin"},
    {"SELECT 'SELECT 1' \\gexec\n", "psql-command", 1, 19, "\\gexec ", "DO block"},
    {"SELECT 1 \\gset\n", "psql-command", 1, 10, "\\gset ", "variable"},
    {"SELECT 1\n\\g\n", "psql-command", 2, 1, "\\g ", "semicolon"},
    {"SELECT 1\\; SELECT 2;", "psql-command", 1, 9, "\\; ", "semicolon"},
    {"\\if :x\n", "psql-command", 1, 1, "\\if ", "DO block"},
    {"\\q\n", "psql-command", 1, 1, "\\q ", "ends with its file"},
    {"\\dt+ x\n", "psql-command", 1, 1, "\\dt+ ", "only shows"},
    {"\\pset pager off\n", "psql-command", 1, 1, "\\pset ", "only changes what psql shows"},
    {"\\!ls\n", "psql-command", 1, 1, "\\!ls ", "no commands of psql"},
    {"\\! ls\n", "psql-command", 1, 1, "\\! ", "shell"},
    {"SELECT 1;\n\\.\n", "psql-command", 2, 1, "\\. ", "COPY"},
    {"\\unheard of\n", "psql-command", 1, 1, "\\unheard ", "no commands of psql"},
    {"SELECT\n\\restrict x\n1;", "psql-command", 2, 1, "\\restrict ", ""},
    {"SELECT 1;\nSELECT 'abc;\n\n", "unterminated", 2, 8, "the string that begins here never ends", "'"},
    {"SELECT E'abc\\';", "unterminated", 1, 8, "the string ", "backslash"},
    {"SELECT e'abc\\", "unterminated", 1, 8, "the string ", "backslash"},
    {"SELECT 'ü', \"abc;", "unterminated", 1, 13, "the quoted name ", "\""},
    {"\n  /* a /* b */;", "unterminated", 2, 3, "the comment ", "*/"},
    {"DO $do$ BEGIN;\nEND $$;", "unterminated", 1, 4, "the dollar quote ", "$do$"},
    {"SELECT 1;\nCREATE FUNCTION f()\nBEGIN ATOMIC SELECT 1;", "unterminated", 3, 1, "the function body ", "END;"},
    {"create function f() begin atomic select case 1; end;", "unterminated", 1, 21, "the function body ", "CASE"},
    {"COPY t FROM stdin; SELECT 1;\n1\n\\.\n", "copy-line", 1, 20, "COPY ... FROM stdin", "below the rows"},
};

TEST(Split, SaysWhereAndWhyItStops) {
    for (const ErrorCase& c : errors) {
        try {
            pieces(c.text);
            ADD_FAILURE() << "no error: " << c.text;
        } catch (const Error& error) {
            EXPECT_EQ(error.code, c.code) << c.text;
            EXPECT_EQ(error.exit, Exit::usage) << c.text;
            EXPECT_EQ(error.file, "V1__x.sql") << c.text;
            EXPECT_EQ(error.line, c.line) << c.text;
            EXPECT_EQ(error.column, c.column) << c.text;
            EXPECT_NE(error.message.find(c.message), std::string::npos) << error.message;
            EXPECT_NE(error.hint.find(c.hint), std::string::npos) << error.hint;
            EXPECT_FALSE(error.hint.empty()) << c.text;
        }
    }
}

TEST(Split, CountsLinesInTheFileAlsoBehindPlaceholders) {
    // "${t}" became "a\nb": what stands behind it is on line 2 of the file, though on line 3 of the text.
    const ScriptText script{.file = "V1__x.sql",
                            .text = "SELECT 'a\nb';\n\\i x\n",
                            .raw = "SELECT '${t}';\n\\i x\n",
                            .replacements = {{.raw = {8, 12}, .filled = {8, 11}}}};
    try {
        split(script);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.line, 2);
        EXPECT_EQ(error.column, 1);
    }
}

TEST(Split, SpansIndexTheText) {
    const ScriptText script = scriptOf("\xEF\xBB\xBF-- first\n  SELECT 1 ; -- more\n/* x */SELECT 2");
    const std::vector<Piece> found = split(script);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].span, (Span{14, 22}));
    EXPECT_EQ(script.positionOf(found[1].span.begin), (Position{3, 8}));
}

TEST(Split, TakesTimeInProportionToTheText) {
    // What each of these would cost if something were searched again and again, grows with the square.
    for (const std::string& unit : {"SELECT 1;\n"s, "'a' "s, "$a "s, "/* */ "s, "E'a'\n"s, "( "s, "a\\.\n"s, "- / "s}) {
        std::string text = "COPY t FROM '';";
        if (unit.starts_with("a\\")) text = "COPY t FROM stdin;\n";
        for (int i = 0; i < 500'000; i++) text += unit;
        EXPECT_FALSE(split(scriptOf(std::move(text))).empty());
    }
}

}  // namespace
}  // namespace slipway::postgres
