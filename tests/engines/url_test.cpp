#include "engines/postgres/connect.h"
#include "support/folder.h"

namespace slipway::postgres {
namespace {

struct Secret {
    const char* url;    ///< every password in it holds "hunter"
    const char* shown;
};

const std::vector<Secret> secrets = {
    // user:password@
    {"postgresql://ada:hunter2@localhost/shop", "postgresql://ada@localhost/shop"},
    {"postgres://ada:hunter2@localhost:1", "postgres://ada@localhost:1"},
    {"postgresql://:hunter2@localhost/shop", "postgresql://@localhost/shop"},
    {"postgresql://ada:hunter2@/shop?host=/run/x", "postgresql://ada@/shop?host=/run/x"},
    {"postgresql://ada:hunter2@a:1,b:2/shop?target_session_attrs=any", "postgresql://ada@a:1,b:2/shop?target_session_attrs=any"},
    {"postgresql://ada:hunter2@[::1]:1/shop", "postgresql://ada@[::1]:1/shop"},
    {"postgresql://ada:%68unter%40hunter@localhost/shop", "postgresql://ada@localhost/shop"},
    {"postgresql://ada:hunter:hunter@localhost/shop", "postgresql://ada@localhost/shop"},
    {"postgresql://ada:hunter?hunter@localhost/shop", "postgresql://ada@localhost/shop"},
    {"postgresql://ada:hunter#hunter@localhost/shop", "postgresql://ada@localhost/shop"},
    // ... with characters in it that should have been encoded
    {"postgresql://ada:hunter@hunter@localhost/shop", "postgresql://ada@localhost/shop"},
    {"postgresql://ada:hunter/hunter@localhost/shop", "postgresql://ada@localhost/shop"},
    {"ada:hunter2@localhost/shop", "ada@localhost/shop"},
    // in the query
    {"postgresql://localhost/shop?user=ada&password=hunter2", "postgresql://localhost/shop?user=ada&password=***"},
    {"postgresql://localhost/shop?password=hunter2&user=ada", "postgresql://localhost/shop?password=***&user=ada"},
    {"postgresql://localhost?password=hunter2", "postgresql://localhost?password=***"},
    {"postgresql:///shop?PassWord=hunter%26hunter", "postgresql:///shop?PassWord=***"},
    {"postgresql:///shop?pass%77ord=hunter2", "postgresql:///shop?pass%77ord=***"},
    {"postgresql:///shop?password=hunter hunter", "postgresql:///shop?password=***"},
    {"postgresql:///shop?sslpassword=hunter2&sslmode=require", "postgresql:///shop?sslpassword=***&sslmode=require"},
    {"postgresql:///shop?oauth_client_secret=hunter2", "postgresql:///shop?oauth_client_secret=***"},
    {"postgresql://ada:hunter@h/d?password=hunter&sslpassword=hunter", "postgresql://ada@h/d?password=***&sslpassword=***"},
    {"jdbc:postgresql://h/d?user=ada&password=hunter2", "jdbc:postgresql://h/d?user=ada&password=***"},
    {"jdbc:postgresql:shop?password=hunter2", "jdbc:postgresql:shop?password=***"},
    // keywords
    {"host=localhost password=hunter2", "host=localhost password=***"},
    {"password=hunter2 host=localhost", "password=*** host=localhost"},
    {"host=h password = hunter2 user=ada", "host=h password = *** user=ada"},
    {"host=h password\t=\n'hunter hunter' user=ada", "host=h password\t=\n*** user=ada"},
    {R"(password='hunter\'s hunter' user=ada)", "password=*** user=ada"},
    {R"(password=hunter\ hunter user=ada)", "password=*** user=ada"},
    {"PASSWORD=hunter2", "PASSWORD=***"},
    {"user=ada password=postgresql://hunter", "user=ada password=***"},
    {"sslpassword=hunter2 password='' host=h", "sslpassword=*** password=*** host=h"},
    {"scram_client_key=hunter2", "scram_client_key=***"},
    // ... that are broken, so that nobody knows where the password ends
    {"host=h password=hunter hunter", "host=h password=***"},
    {"host=h password='hunter hunter", "host=h password=***"},
    {"host=h password=hunter hunter user=ada", "host=h password=***"},
};

TEST(Url, APasswordIsNeverShown) {
    for (const auto& [url, shown] : secrets) {
        EXPECT_EQ(shownUrl(url), shown);
        EXPECT_TRUE(urlHasPassword(url)) << url;
    }
}

TEST(Url, NeitherIsItRepeatedByAnError) {
    // Nobody listens on port 1, and a name that is not looked up costs no time.
    ::setenv("PGPORT", "1", 1);
    ::setenv("PGHOSTADDR", "127.0.0.1", 1);
    for (const auto& [url, shown] : secrets) {
        const Error error = tests::errorOf([&] { Connection::open({.url = url}, "test"); });
        EXPECT_FALSE((error.message + error.detail + error.hint).contains("hunter")) << error.message;
        EXPECT_TRUE(error.exit == Exit::outside || error.exit == Exit::usage) << error.message;
    }
    ::unsetenv("PGPORT");
    ::unsetenv("PGHOSTADDR");
}

TEST(Url, WithoutAPasswordItIsShownAsItIs) {
    for (const char* url : {"", "shop", "postgresql://", "postgresql:///shop", "postgresql://localhost", "postgresql://ada@localhost:5432/shop",
                            "postgresql://h:1,[::1]:2/d?application_name=a:b@c", "postgresql://h/d@b", "host=/run/x port=5432 dbname=a:b@c",
                            "postgresql://h/d?passfile=/p", "passfile=/home/ada/.pgpass", "host=h options='-c password=no'",
                            "jdbc:postgresql://h:5432/d?ssl=true", "embedded:dev", "postgresql://h/password=x"}) {
        EXPECT_EQ(shownUrl(url), url);
        EXPECT_FALSE(urlHasPassword(url)) << url;
    }
    EXPECT_FALSE(urlHasPassword("postgresql://ada:@localhost/shop")) << "an empty one is none";
    EXPECT_FALSE(urlHasPassword("postgresql://h/d?password="));
}

std::string jdbc(const std::string& url) {
    const Target target = targetFromUrl(url);
    return target.url + (target.user.empty() ? "" : " user " + target.user) + (target.password.empty() ? "" : " password " + target.password);
}

TEST(Url, JdbcUrlsBecomeLibpqs) {
    EXPECT_EQ(jdbc("jdbc:postgresql://h:5432/d"), "postgresql://h:5432/d");
    EXPECT_EQ(jdbc("jdbc:postgresql:shop"), "postgresql:///shop");
    EXPECT_EQ(jdbc("jdbc:postgresql://a:1,[::1]:2/d"), "postgresql://a:1,[::1]:2/d");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?"), "postgresql://h/d");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?user=ada&password=p"), "postgresql://h/d user ada password p");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?user=a%40b&password=x%26y+z%2B"), "postgresql://h/d user a@b password x&y z+");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?ApplicationName=x&loginTimeout=5"), "postgresql://h/d?connect_timeout=5");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?sslmode=verify-ca&sslrootcert=/etc/a%20b.crt"),
              "postgresql://h/d?sslmode=verify-ca&sslrootcert=/etc/a%20b.crt");
}

TEST(Url, TheSslOfJdbcIsNotWeakened) {
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?ssl=true"), "postgresql://h/d?sslmode=verify-full");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?ssl"), "postgresql://h/d?sslmode=verify-full");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?ssl=false"), "postgresql://h/d");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?sslmode=verify-ca&ssl=true"), "postgresql://h/d?sslmode=verify-ca");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?ssl=true&sslmode=require"), "postgresql://h/d?sslmode=require");
}

TEST(Url, TheCurrentSchemaOfJdbcIsASearchPath) {
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?currentSchema=sales"), "postgresql://h/d?options=-csearch_path%3Dsales");
    EXPECT_EQ(jdbc("jdbc:postgresql://h/d?currentSchema=a,%20b&options=-c%20work_mem=1MB"),
              "postgresql://h/d?options=-csearch_path%3Da,%5C%20b%20-c%20work_mem%3D1MB");
}

TEST(Url, OtherDatabasesAndUnknownOptionsAreRefused) {
    auto refusal = [](const std::string& url) { return tests::errorOf([&] { targetFromUrl(url); }); };
    EXPECT_EQ(refusal("mysql://localhost/shop").message, "Slipway does not speak to 'mysql' databases");
    EXPECT_EQ(refusal("jdbc:sqlserver://h;password=hunter2").message, "Slipway does not speak to this database: jdbc:sqlserver");
    EXPECT_EQ(refusal("jdbc:postgresql://h/d?socketFactory=hunter2").message, "the JDBC option 'socketFactory' has no counterpart here");
    for (const char* url : {"mysql://h", "jdbc:mysql://h", "jdbc:postgresql://h/d?x=y"}) {
        EXPECT_EQ(refusal(url).code, "url-unsupported");
        EXPECT_EQ(refusal(url).exit, Exit::usage);
        EXPECT_FALSE(refusal(url).hint.empty());
    }
}

TEST(Url, WhatCannotBeReadIsRefusedBeforeLibpqRepeatsIt) {
    for (const char* url : {"postgresql://a:p%zz@h/d", "postgresql://a:p%00@h/d", "postgresql://a:p%@h/d", "postgresql://a:p@p@h/d",
                            "postgresql://a:p/p@h/d", "postgresql://a:p/d", "postgresql://a:p", "a:p@h/d", "h/d", "postgresql:shop",
                            "host=h password=a b", "host=h password='a", "postgresql://h/d?password=a&b"})
        EXPECT_EQ(tests::errorOf([&] { targetFromUrl(url); }).code, "url-malformed") << url;
    for (const char* url : {"", "shop", "postgresql://", "postgresql:///d", "postgresql://a:p@h:5432/d", "postgresql://h:,i:1/d", "postgresql://[::1]/d",
                            "postgresql://[fe80::1%25eth0]:1/d", "host='a b' password='c\\'d'", "postgresql://%2Frun%2Fpg/d", " host = h "})
        EXPECT_EQ(targetFromUrl(url).url, url);
}

}  // namespace
}  // namespace slipway::postgres
