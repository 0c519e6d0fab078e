#include "base/text.h"

#include <gtest/gtest.h>

namespace slipway {

TEST(TextTest, PasswordsAreLeftOutOfSqlThatIsShown) {
    EXPECT_EQ(withoutSecrets("CREATE ROLE a PASSWORD 'x''y' LOGIN"), "CREATE ROLE a PASSWORD '***' LOGIN");
    EXPECT_EQ(withoutSecrets("alter role a encrypted password\n  E'x'; b"), "alter role a encrypted password\n  E'***'; b");
    EXPECT_EQ(withoutSecrets("UPDATE users SET password = 'x' WHERE id = 1"), "UPDATE users SET password = '***' WHERE id = 1");
    EXPECT_EQ(withoutSecrets("CONNECTION 'host=h password=x dbname=d'"), "CONNECTION 'host=h password=*** dbname=d'");
    EXPECT_EQ(withoutSecrets("OPTIONS (user 'u', password 'x')"), "OPTIONS (user 'u', password '***')");
    EXPECT_EQ(withoutSecrets("PASSWORD 'never closed"), "PASSWORD '***'");
}

TEST(TextTest, TheRestOfSqlIsShownAsItIs) {
    for (const char* sql : {"", "SELECT 1", "CREATE TABLE t (password text NOT NULL)", "ALTER ROLE a PASSWORD NULL", "SELECT password",
                            "password", "SELECT password, 'x'"})
        EXPECT_EQ(withoutSecrets(sql), sql);
}

}  // namespace slipway
