/**
 * Real parts for tests, and crashes at will: a broker and a PostgreSQL server in processes of their
 * own ({@link dev.handfast.xa.testkit.broker.BrokerProcess}, {@link
 * dev.handfast.xa.testkit.database.PostgresServer}), an application that is killed at a named step
 * ({@link dev.handfast.xa.testkit.crash.CrashJvm}), a network that is cut ({@link
 * dev.handfast.xa.testkit.network.TcpProxy}), what recovery counts on in a resource adapter ({@link
 * dev.handfast.xa.testkit.contract.ResourceManagerContract}), answers that go wrong ({@link
 * dev.handfast.xa.testkit.contract.FaultyXaResource}), transactions that a test drives by hand
 * ({@link dev.handfast.xa.testkit.contract.ManualTransactions}), what is logged ({@link
 * dev.handfast.xa.testkit.LogCapture}), and what is left behind ({@link
 * dev.handfast.xa.testkit.LeakCheck}). {@link dev.handfast.xa.testkit.RealParts} gives the parts to
 * JUnit Jupiter tests.
 */
@NullMarked
package dev.handfast.xa.testkit;

import org.jspecify.annotations.NullMarked;
