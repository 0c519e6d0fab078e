#include <map>

#include "base/span.h"
#include "base/text.h"
#include "engines/postgres/connect.h"

namespace slipway::postgres {

namespace {

constexpr size_t none = std::string::npos;

int hexDigit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool encodedAt(std::string_view text, size_t i) {
    return text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
}

std::string percentDecoded(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); i++) {
        const bool encoded = encodedAt(text, i);
        out += encoded ? static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])) : text[i];
        if (encoded) i += 2;
    }
    return out;
}

std::string percentEncoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-_./:,").contains(c);
        if (plain) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

/// The scheme of "scheme:rest"; "" for a keyword string or the bare name of a database.
std::string schemeOf(const std::string& url) {
    const size_t colon = url.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    return colon != none && url[colon] == ':' ? url.substr(0, colon) : "";
}

bool isKeywords(const std::string& url) { return schemeOf(url).empty() && url.contains('='); }

/// The keywords whose values are secret (libpq manual, "Parameter Key Words", up to version 18).
bool isSecret(std::string_view key) {
    for (const char* word : {"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"})
        if (equalsIgnoringCase(key, word)) return true;
    return false;
}

struct Pair {
    std::string key;
    Span value;  ///< in the string, with its quotes
};

/// The pairs of "key = value key='value'" (libpq manual, "Keyword/Value Connection Strings"); the pairs before the first
/// thing that is none, and in `broken` where that is.
std::vector<Pair> keywordPairs(const std::string& text, size_t& broken) {
    constexpr const char* blanks = " \t\r\n\f\v";
    std::vector<Pair> pairs;
    broken = none;
    for (size_t at = text.find_first_not_of(blanks); at != none; at = text.find_first_not_of(blanks, at)) {
        const size_t keyEnd = std::min(text.find_first_of("= \t\r\n\f\v", at), text.size());
        const size_t equals = text.find_first_not_of(blanks, keyEnd);
        if (equals == none || text[equals] != '=') {
            broken = at;
            return pairs;
        }
        const size_t begin = std::min(text.find_first_not_of(blanks, equals + 1), text.size());
        const bool quoted = begin < text.size() && text[begin] == '\'';
        const std::string_view ends = quoted ? "'" : blanks;
        size_t end = begin + (quoted ? 1 : 0);
        while (end < text.size() && !ends.contains(text[end])) end += text[end] == '\\' ? 2 : 1;
        if (quoted && end >= text.size()) broken = begin;
        end = std::min(end + (quoted ? 1 : 0), text.size());
        pairs.push_back({text.substr(at, keyEnd - at), {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}});
        if (broken != none) return pairs;
        at = end;
    }
    return pairs;
}

/// Where the parts of scheme://user:password@hosts/database?query lie; npos where a part is missing.
struct Uri {
    size_t begin = 0;     ///< of user or hosts
    size_t colon = none;  ///< between user and password
    size_t at = none;
    size_t hosts = 0;
    size_t slash = 0;     ///< the first one; the end when there is none
    size_t query = none;  ///< the question mark
};

/// libpq takes what stands before an "@" before the first "/" for user and password. A "/" that somebody forgot to encode in
/// a password moves that "@" behind it: what stands before it is kept secret all the same.
Uri uriOf(const std::string& url) {
    Uri uri;
    const size_t scheme = url.find("://");
    uri.begin = scheme == none ? 0 : scheme + 3;
    auto lastAt = [&](size_t end) {
        const size_t at = std::string_view(url).substr(uri.begin, end - uri.begin).rfind('@');
        return at == none ? none : uri.begin + at;
    };
    uri.slash = std::min(url.find('/', uri.begin), url.size());
    const bool colonBefore = url.find(':', uri.begin) < uri.slash;
    uri.at = lastAt(uri.slash);
    if (uri.at == none && colonBefore) uri.at = lastAt(url.find('?', uri.begin));
    if (uri.at != none && url.find(':', uri.begin) < uri.at) uri.colon = url.find(':', uri.begin);
    uri.hosts = uri.at == none ? uri.begin : uri.at + 1;
    uri.query = url.find('?', uri.hosts);
    return uri;
}

std::vector<Pair> queryPairs(const std::string& url, size_t question) {
    std::vector<Pair> pairs;
    for (size_t at = question; at != none;) {
        const size_t begin = at + 1;
        at = url.find('&', begin);
        const size_t end = std::min(at, url.size());
        const size_t equals = std::min(url.find('=', begin), end);
        pairs.push_back({percentDecoded(std::string_view(url).substr(begin, equals - begin)),
                         {static_cast<uint32_t>(std::min(equals + 1, end)), static_cast<uint32_t>(end)}});
    }
    return pairs;
}

/// The values of a URL that nobody may see, but for the password of user:password@.
std::vector<Span> secretValues(const std::string& url) {
    std::vector<Span> secrets;
    const bool keywords = isKeywords(url);
    size_t broken = none;
    for (const Pair& pair : keywords ? keywordPairs(url, broken) : queryPairs(url, uriOf(url).query))
        if (isSecret(pair.key)) secrets.push_back(pair.value);
    // What follows a secret and is no pair may well be the rest of it: a blank that was not quoted.
    if (keywords && broken != none && !secrets.empty()) secrets.back().end = static_cast<uint32_t>(url.size());
    return secrets;
}

/// Options of the JDBC driver (pgjdbc manual, "Connection Parameters") that have a namesake in libpq; the empty
/// ones tune the driver itself and do not change what the connection means.
const std::map<std::string, std::string>& jdbcOptions() {
    static const std::map<std::string, std::string> options = {
        {"sslmode", "sslmode"}, {"sslcert", "sslcert"}, {"sslkey", "sslkey"}, {"sslrootcert", "sslrootcert"},
        {"sslpassword", "sslpassword"}, {"logintimeout", "connect_timeout"}, {"connecttimeout", "connect_timeout"},
        {"applicationname", ""}, {"tcpkeepalive", ""}, {"sockettimeout", ""}, {"loggerlevel", ""}, {"loggerfile", ""},
        {"preparethreshold", ""}, {"rewritebatchedinserts", ""}, {"defaultrowfetchsize", ""}, {"stringtype", ""},
        {"binarytransfer", ""}, {"autosave", ""}, {"cancelsignaltimeout", ""}};
    return options;
}

Error malformed(const std::string& message, const char* hint) { return Error("url-malformed", Exit::usage, message, hint); }

/// Whether each of "host:port,host:port" has a number for a port, or none.
bool portsAreNumbers(const std::string& hosts) {
    for (const std::string& host : split(hosts, ',')) {
        const size_t colon = host.find(':', host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0);
        if (colon != none && host.find_first_not_of("0123456789", colon + 1) != none) return false;
    }
    return true;
}

/// Refuses what libpq would refuse with a message that repeats a piece of the password.
void checkUri(const std::string& url) {
    for (size_t i = url.find('%'); i != none; i = url.find('%', i + 1))
        if (!encodedAt(url, i) || url.substr(i, 3) == "%00")
            throw malformed(fmt::format("the url of the database holds a '%' (character {}) without two hexadecimal digits behind it", i + 1),
                            "write a percent sign in a user, password or name as %25");
    const Uri uri = uriOf(url);
    const size_t hostsEnd = std::min(url.find_first_of("/?", uri.hosts), url.size());
    const bool ambiguous = uri.at != none && (url.find('@', uri.begin) < uri.at || uri.slash < uri.at);
    if (ambiguous || !portsAreNumbers(url.substr(uri.hosts, hostsEnd - uri.hosts)))
        throw malformed("it cannot be told where in the database's url the password ends and the host and its port begin",
                        "write postgresql://user:password@host:5432/database, and in the password @ as %40, / as %2F, : as %3A and ? as %3F");
    for (const Pair& pair : queryPairs(url, uri.query))
        if (!pair.key.empty() && url[pair.value.begin - 1] != '=')
            throw malformed("a part of the query of the database's url has no '='", "write an & in a value as %26, and each parameter as name=value");
}

void checkKeywords(const std::string& text) {
    size_t broken = none;
    keywordPairs(text, broken);
    if (broken != none)
        throw malformed(fmt::format("the connection string of the database cannot be read from character {} on", broken + 1),
                        "write keyword=value pairs; quote a value that holds blanks: password='two words'");
}

std::string quotedOption(const std::string& value) {
    std::string quoted;
    for (const char c : value) {
        if (c == ' ' || c == '\\') quoted += '\\';  // manual, libpq, parameter "options"
        quoted += c;
    }
    return quoted;
}

/// jdbc:postgresql://hosts/database?query, jdbc:postgresql:database.
Target targetFromJdbc(const std::string& url) {
    constexpr std::string_view prefix = "jdbc:postgresql:";
    if (!url.starts_with(prefix))
        throw Error("url-unsupported", Exit::usage,
                    fmt::format("Slipway does not speak to this database: {}", url.substr(0, url.find(':', 5))),
                    "give a PostgreSQL URL: jdbc:postgresql://host:5432/database or postgresql://host:5432/database");
    const size_t question = url.find('?');
    const std::string place = url.substr(prefix.size(), question == none ? none : question - prefix.size());
    Target target;
    target.url = place.starts_with("//") ? "postgresql:" + place : "postgresql:///" + place;
    std::map<std::string, std::string> given;  // of libpq, still encoded
    std::string serverOptions;
    bool ssl = false;
    for (const Pair& pair : queryPairs(url, question)) {
        const std::string key = lower(pair.key);
        const std::string value(pair.value.of(url));
        const std::string decoded = percentDecoded(replaceAll(value, "+", " "));  // java.net.URLDecoder
        if (key.empty()) continue;
        if (key == "user") target.user = decoded;
        else if (key == "password") target.password = decoded;
        else if (key == "currentschema") serverOptions += (serverOptions.empty() ? "" : " ") + ("-csearch_path=" + quotedOption(decoded));
        else if (key == "options") serverOptions += (serverOptions.empty() ? "" : " ") + decoded;
        else if (key == "ssl") ssl = decoded != "false";
        else if (const auto known = jdbcOptions().find(key); known == jdbcOptions().end())
            throw Error("url-unsupported", Exit::usage, fmt::format("the JDBC option '{}' has no counterpart here", pair.key),
                        "leave it out, or write the url as postgresql://... with libpq's options");
        else if (!known->second.empty()) given[known->second] = percentEncoded(decoded);
    }
    if (!serverOptions.empty()) given["options"] = percentEncoded(serverOptions);
    // "ssl" alone asks pgjdbc for verify-full, and says nothing beside "sslmode" (pgjdbc manual, "Configuring the Client").
    if (ssl) given.emplace("sslmode", "verify-full");
    for (const auto& [key, value] : given) target.url += fmt::format("{}{}={}", target.url.contains('?') ? '&' : '?', key, value);
    return target;
}

}  // namespace

Target targetFromUrl(const std::string& url) {
    Target target;
    target.url = url;
    const std::string scheme = schemeOf(url);
    if (scheme == "jdbc") target = targetFromJdbc(url);
    else if (isKeywords(url)) checkKeywords(url);
    else if (!scheme.empty() && scheme != "postgresql" && scheme != "postgres" && url.contains("://"))
        throw Error("url-unsupported", Exit::usage, fmt::format("Slipway does not speak to '{}' databases", scheme),
                    "give a PostgreSQL URL: postgresql://host:5432/database");
    else if (!url.contains("://") && url.find_first_of(":@/") != none)  // libpq would take it for a database's name and repeat it
        throw malformed("the url of the database does not say what kind of database it is", "let it begin with postgresql://");
    if (target.url.contains("://") && !isKeywords(target.url)) checkUri(target.url);
    return target;
}

bool urlHasPassword(const std::string& url) {
    if (!isKeywords(url)) {
        const Uri uri = uriOf(url);
        if (uri.colon != none && uri.colon + 1 < uri.at) return true;
    }
    for (const Span& secret : secretValues(url))
        if (!secret.empty()) return true;
    return false;
}

std::string shownUrl(const std::string& url) {
    std::string shown = url;
    const std::vector<Span> secrets = secretValues(url);
    for (auto secret = secrets.rbegin(); secret != secrets.rend(); ++secret) shown.replace(secret->begin, secret->end - secret->begin, "***");
    if (isKeywords(url)) return shown;
    if (const Uri uri = uriOf(url); uri.colon != none) shown.erase(uri.colon, uri.at - uri.colon);
    return shown;
}

}  // namespace slipway::postgres
