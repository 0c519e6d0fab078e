// libpq, loaded when the first connection is made.
//
// Linked in the ordinary way it brings OpenSSL, Kerberos and LDAP with it, which costs every start of the program 5 to
// 10 ms, also of commands that never talk to a server (docs/decisions/0002-libpq-is-loaded-when-needed.md).
#pragma once

#include <libpq-fe.h>

namespace slipway::postgres {

/// The functions of libpq that Slipway calls, with libpq's own signatures.
struct Libpq {
#define SLIPWAY_LIBPQ_FUNCTIONS(X) \
    X(PQbackendPID) X(PQcancel) X(PQclear) X(PQcmdTuples) X(PQcmdStatus) X(PQconnectPoll) \
    X(PQconnectStartParams) X(PQconninfoFree) X(PQconninfoParse) X(PQconsumeInput) X(PQdb) X(PQerrorMessage) \
    X(PQfinish) X(PQflush) X(PQfname) X(PQfreeCancel) X(PQfreemem) X(PQgetCancel) X(PQgetCopyData) \
    X(PQgetResult) X(PQgetisnull) X(PQgetlength) X(PQgetvalue) X(PQhost) X(PQisBusy) X(PQnfields) X(PQntuples) \
    X(PQparameterStatus) X(PQputCopyData) X(PQputCopyEnd) X(PQresultErrorField) X(PQresultErrorMessage) \
    X(PQresultStatus) X(PQsendQuery) X(PQsendQueryParams) X(PQserverVersion) X(PQsetNoticeReceiver) \
    X(PQsetnonblocking) X(PQsocket) X(PQstatus) X(PQtransactionStatus) X(PQuser)
#define SLIPWAY_LIBPQ_MEMBER(name) decltype(&::name) name = nullptr;
    SLIPWAY_LIBPQ_FUNCTIONS(SLIPWAY_LIBPQ_MEMBER)
#undef SLIPWAY_LIBPQ_MEMBER
};

/// Loads the library at the first call. Throws Error "libpq-missing" (outside) that names the package.
const Libpq& libpq();

}  // namespace slipway::postgres
