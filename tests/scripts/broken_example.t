#require database

examples/shop-broken holds the migrations of an article on database version control, with their mistakes. This is what one meets when one
runs them; that a tool can see most of it before is another story.

  $ cp -r "$EXAMPLES/shop-broken" . && cd shop-broken
  $ cat flyway.conf
  $ slipway info
