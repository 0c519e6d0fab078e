/* The cheapest program there is: what starting a process costs. */
int main(void) {
    return 0;
}
