package dev.handfast.xa.specification;

import java.util.List;

/**
 * A sentence of the specification that no test can hold a runtime to.
 *
 * @param where the section, and the method in whose documentation it stands
 * @param says what it says, in our words
 * @param why no test shows it
 */
record Untested(String where, String says, String why) {

  private static final String NO_CONTAINER = "a runtime is no container";
  private static final String ANY_THREAD = "any thread may";
  private static final String OF_THE_ADAPTER = "binds the resource's side, see its own tests";
  private static final String OF_THE_SERVER = "binds the application server";
  private static final String WHAT_IS_MEANT = "does not say what is unexpected";

  static List<Untested> all() {
    return List.of(
        new Untested("3.1", "It is injected, or looked up by a name.", NO_CONTAINER),
        new Untested(
            "3.1", "The context goes from a client to a server.", "transactions are local"),
        new Untested("3.1, commit", "SecurityException: the thread may not.", ANY_THREAD),
        new Untested("3.1, rollback", "SecurityException: the thread may not.", ANY_THREAD),
        new Untested("3.1, other methods", "SystemException: it is unexpected.", WHAT_IS_MEANT),
        new Untested("3.2, commit", "SecurityException: the thread may not.", ANY_THREAD),
        new Untested("3.2, rollback", "SecurityException: the thread may not.", ANY_THREAD),
        new Untested("3.2, other methods", "SystemException: it is unexpected.", WHAT_IS_MEANT),
        new Untested(
            "3.2.2",
            "Whoever may not commit gets an exception.",
            "every thread may, see the tests"),
        new Untested("3.3, commit", "SecurityException: the thread may not.", ANY_THREAD),
        new Untested("3.3, other methods", "SystemException: it is unexpected.", WHAT_IS_MEANT),
        new Untested("3.3.3", "Whoever may not commit gets an exception.", ANY_THREAD),
        new Untested("3.4", "Work between start and end is of the branch.", OF_THE_ADAPTER),
        new Untested("3.4.1", "A connection opens its resource manager.", OF_THE_ADAPTER),
        new Untested("3.4.2", "A closed connection is of no use any more.", OF_THE_ADAPTER),
        new Untested("3.4.2", "A close is told, so that end can follow.", OF_THE_ADAPTER),
        new Untested("3.4.3", "Two phases work from any thread.", OF_THE_ADAPTER),
        new Untested("3.4.4", "The adapter knows the XAResource of a connection.", OF_THE_ADAPTER),
        new Untested("3.4.4", "start within another transaction is an error.", OF_THE_ADAPTER),
        new Untested(
            "3.4.5", "A connection kept over requests is enlisted in each.", OF_THE_SERVER),
        new Untested("3.4.6", "Votes and outcomes may come while other work runs.", OF_THE_ADAPTER),
        new Untested(
            "3.4.7", "A local transaction ends before a global one begins.", OF_THE_ADAPTER),
        new Untested(
            "3.4.7", "A global transaction is left before a local one begins.", OF_THE_ADAPTER),
        new Untested("3.4.7", "Whoever cannot do both says so.", OF_THE_ADAPTER),
        new Untested("3.4.8", "Factories are Referenceable and Serializable.", OF_THE_ADAPTER),
        new Untested("3.4.9", "isSameRM is true for one resource manager.", OF_THE_ADAPTER),
        new Untested("3.4.10", "There is no dynamic registration.", "there is no call for it"),
        new Untested("3.5", "Applications do not see Xids.", "no call of the API returns one"),
        new Untested("3.6", "It is looked up by a name.", NO_CONTAINER),
        new Untested(
            "3.6, registerInterposedSynchronization",
            "Its callbacks call no user components.",
            NO_CONTAINER),
        new Untested(
            "3.6, registerInterposedSynchronization",
            "Its callbacks have the component context of who registered.",
            NO_CONTAINER),
        new Untested(
            "3.6, putResource",
            "Keys and values are not looked at.",
            "beyond equals and hashCode"));
  }
}
