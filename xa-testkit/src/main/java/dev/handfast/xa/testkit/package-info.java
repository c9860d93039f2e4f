/**
 * Real parts for tests, and crashes at will: a broker and a PostgreSQL server in processes of their
 * own ({@link dev.handfast.xa.testkit.BrokerProcess}, {@link
 * dev.handfast.xa.testkit.PostgresServer}), an application that is killed at a named step ({@link
 * dev.handfast.xa.testkit.CrashJvm}), a network that is cut ({@link
 * dev.handfast.xa.testkit.TcpProxy}), what recovery counts on in a resource adapter ({@link
 * dev.handfast.xa.testkit.ResourceManagerContract}), answers that go wrong ({@link
 * dev.handfast.xa.testkit.FaultyXaResource}), and what is left behind ({@link
 * dev.handfast.xa.testkit.LeakCheck}). {@link dev.handfast.xa.testkit.RealParts} gives them to
 * JUnit Jupiter tests.
 */
@NullMarked
package dev.handfast.xa.testkit;

import org.jspecify.annotations.NullMarked;
