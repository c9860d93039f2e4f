package dev.handfast.xa.config;

import java.util.List;
import java.util.Map;

/** Sections as adapters contribute them, and the least that a runtime needs. */
public final class TestKeys {

  public static final Map<String, String> LEAST =
      Map.of("handfast.node-name", "shop-1", "handfast.log-store.directory", "data/tx-log");

  public static final List<SectionKeys> SECTIONS =
      List.of(
          new SectionKeys(
              "datasource",
              List.of(
                  key("url", "text"),
                  key("username", "text"),
                  key("password", ConfigKey.SECRET),
                  key("max-size", "integer"),
                  key("recovery.username", "text"),
                  key("recovery.password", ConfigKey.SECRET))),
          new SectionKeys("jms", List.of(key("url", "text"), key("required-at-start", "boolean"))));

  private TestKeys() {}

  private static ConfigKey key(String name, String type) {
    return new ConfigKey(name, type, "", "…");
  }
}
