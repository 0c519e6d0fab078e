/* Connects, selects 1 and leaves: what any client of PostgreSQL pays at least. Argument: the connection string. */
#include <libpq-fe.h>
#include <stdio.h>

int main(int count, char** arguments) {
    if (count != 2) return 2;
    PGconn* connection = PQconnectdb(arguments[1]);
    PGresult* result = PQexec(connection, "SELECT 1");
    const int failed = PQresultStatus(result) != PGRES_TUPLES_OK;
    if (failed) fputs(PQerrorMessage(connection), stderr);
    PQclear(result);
    PQfinish(connection);
    return failed;
}
