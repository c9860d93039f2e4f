package dev.handfast.xa.it.crash;

import java.util.List;

/** Which resources take part: orders is H2, stock is PostgreSQL, events is the broker. */
enum Shape {
  DATABASE("stock"),
  BROKER("events"),
  DATABASE_AND_BROKER("stock events"),
  TWO_DATABASES_AND_BROKER("orders stock events");

  private final String resources;

  Shape(String resources) {
    this.resources = resources;
  }

  /** In the order in which they are enlisted. */
  List<String> resources() {
    return List.of(resources.split(" ", -1));
  }

  boolean isLone() {
    return resources().size() == 1;
  }
}
