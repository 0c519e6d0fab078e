#include <map>

#include "base/text.h"
#include "engines/postgres/connect.h"

namespace slipway::postgres {

namespace {

std::string percentDecoded(std::string_view text) {
    auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    std::string out;
    for (size_t i = 0; i < text.size(); i++) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// Options of the JDBC driver (pgjdbc manual, "Connection Parameters") that have a namesake in libpq; the empty
/// ones tune the driver itself and do not change what the connection means.
const std::map<std::string, std::string>& jdbcOptions() {
    static const std::map<std::string, std::string> options = {
        {"sslmode", "sslmode"}, {"sslcert", "sslcert"}, {"sslkey", "sslkey"}, {"sslrootcert", "sslrootcert"},
        {"options", "options"}, {"logintimeout", "connect_timeout"}, {"connecttimeout", "connect_timeout"},
        {"applicationname", ""}, {"tcpkeepalive", ""}, {"sockettimeout", ""}, {"loggerlevel", ""}, {"loggerfile", ""},
        {"preparethreshold", ""}, {"rewritebatchedinserts", ""}, {"defaultrowfetchsize", ""}, {"stringtype", ""},
        {"binarytransfer", ""}, {"autosave", ""}, {"cancelsignaltimeout", ""}, {"ssl", "sslmode"}};
    return options;
}

/// The part of a URL where a password may stand: "user:password@", or npos.
struct Authority {
    size_t colon = std::string::npos;
    size_t at = std::string::npos;
};

Authority authorityOf(const std::string& url) {
    const size_t scheme = url.find("://");
    if (scheme == std::string::npos) return {};
    const size_t begin = scheme + 3;
    const size_t end = std::min(url.find('/', begin), url.find('?', begin));
    const size_t at = url.substr(0, end).rfind('@');
    if (at == std::string::npos || at < begin) return {};
    const size_t colon = url.find(':', begin);
    return {colon < at ? colon : std::string::npos, at};
}

}  // namespace

Target targetFromUrl(const std::string& url) {
    Target target{url};
    if (!url.starts_with("jdbc:")) {
        if (const size_t scheme = url.find("://"); scheme != std::string::npos) {
            const std::string name = url.substr(0, scheme);
            if (name != "postgresql" && name != "postgres")
                throw Error("url-unsupported", Exit::usage, fmt::format("Slipway does not speak to '{}' databases", name),
                            "give a PostgreSQL URL: postgresql://host:5432/database");
        }
        return target;
    }
    constexpr std::string_view prefix = "jdbc:postgresql:";
    if (!url.starts_with(prefix))
        throw Error("url-unsupported", Exit::usage,
                    fmt::format("Slipway does not speak to this database: {}", url.substr(0, url.find(':', 5))),
                    "give a PostgreSQL URL: jdbc:postgresql://host:5432/database or postgresql://host:5432/database");
    std::string rest = url.substr(prefix.size());
    const size_t question = rest.find('?');
    const std::string query = question == std::string::npos ? "" : rest.substr(question + 1);
    rest = rest.substr(0, question);
    target.url = rest.starts_with("//") ? "postgresql:" + rest : "postgresql:///" + rest;
    char joint = '?';
    if (query.empty()) return target;
    for (const std::string& pair : split(query, '&')) {
        const size_t equals = pair.find('=');
        const std::string key = lower(pair.substr(0, equals));
        const std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
        if (key == "user") {
            target.user = percentDecoded(value);
        } else if (key == "password") {
            target.password = percentDecoded(value);
        } else if (key == "currentschema") {
            target.url += fmt::format("{}options=-csearch_path%3D{}", joint, value);
            joint = '&';
        } else if (const auto known = jdbcOptions().find(key); known == jdbcOptions().end()) {
            throw Error("url-unsupported", Exit::usage, fmt::format("the JDBC option '{}' has no counterpart here", pair.substr(0, equals)),
                        "leave it out, or write the url as postgresql://... with libpq's options");
        } else if (!known->second.empty()) {
            const bool flag = key == "ssl";
            target.url += fmt::format("{}{}={}", joint, known->second, flag ? (value == "false" ? "prefer" : "require") : value);
            joint = '&';
        }
    }
    return target;
}

bool urlHasPassword(const std::string& url) {
    const Authority authority = authorityOf(url);
    if (authority.colon != std::string::npos && authority.colon + 1 < authority.at) return true;
    const std::string small = lower(url);
    for (const char* word : {"?password=", "&password=", "?sslpassword=", "&sslpassword="})
        if (small.find(word) != std::string::npos) return true;
    return !url.contains("://") && (small.starts_with("password=") || small.contains(" password=") || small.contains(" password ="));
}

std::string shownUrl(const std::string& url) {
    std::string shown = url;
    if (const Authority authority = authorityOf(url); authority.colon != std::string::npos)
        shown.erase(authority.colon, authority.at - authority.colon);
    for (const char* word : {"password=", "sslpassword="}) {
        for (size_t at = lower(shown).find(word); at != std::string::npos; at = lower(shown).find(word, at)) {
            at += std::string_view(word).size();
            size_t end = at;
            if (end < shown.size() && shown[end] == '\'') {
                end = shown.find('\'', end + 1);
                end = end == std::string::npos ? shown.size() : end + 1;
            } else {
                end = std::min(shown.find_first_of("& ", at), shown.size());
            }
            shown.replace(at, end - at, "***");
        }
    }
    return shown;
}

}  // namespace slipway::postgres
