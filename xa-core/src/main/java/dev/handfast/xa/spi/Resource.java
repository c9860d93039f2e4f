package dev.handfast.xa.spi;

/**
 * The definition of one resource manager: an immutable value that the runtime opens at start.
 *
 * @param <H> what the application is handed, for example {@code javax.sql.DataSource}
 */
public interface Resource<H> {

  /**
   * The permanent name, {@code [a-z][a-z0-9-]*}. It is written into every log record and is how
   * recovery finds the resource manager again, so it must be unique per resource manager instance
   * (one database, one broker node) and must not change while anything is in doubt.
   */
  String name();

  /** The configuration section the definition belongs to: {@code datasource}, {@code jms}. */
  String kind();

  /** The type of the handle. */
  Class<H> handleType();

  /**
   * Opens the resource manager's two faces: the application's handle and the one of recovery.
   * Called once per start, on the starting thread, before any recovery pass. It must not need the
   * resource manager to be reachable; that is found out by {@link ResourceManager#preflight()}.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if the definition can never work
   */
  ResourceManager<H> open(ResourceContext context);
}
