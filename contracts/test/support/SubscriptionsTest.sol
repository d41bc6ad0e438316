// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ExecutorRegistry} from "../../src/ExecutorRegistry.sol";
import {
    Charge,
    ChargeFailure,
    IQBitFlowSubscriptions,
    Mandate,
    MandateHead,
    Plan
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// @notice A chain with the subscriptions contract, a registry with one executor, the test tokens, and a subscriber.
abstract contract SubscriptionsTest {
    uint256 internal constant SUBSCRIBER_KEY = 0xA11CE;
    uint256 internal constant ATTACKER_KEY = 0xBAD;
    uint256 internal constant NOW = 1_800_000_000;
    uint256 internal constant PRICE = 25e6;
    uint256 internal constant MAXIMUM = 30e6;

    IQBitFlowSubscriptions internal subscriptions;
    ExecutorRegistry internal registry;
    ITestToken internal usdc;

    address internal subscriber = vm.addr(SUBSCRIBER_KEY);
    address internal attacker = vm.addr(ATTACKER_KEY);
    address internal merchant = address(0x1111);
    address internal feeRecipient = address(0x2222);
    address internal organization = address(0x3333);
    address internal executor = address(0x4444);

    function setUp() public virtual {
        vm.warp(NOW);
        subscriptions = IQBitFlowSubscriptions(Deployed.create("contracts/out/creation/QBitFlowSubscriptions.hex"));
        usdc = Deployed.token("TestUSDC");
        registry = new ExecutorRegistry(address(this));
        registry.setExecutor(executor, true);
        usdc.mint(subscriber, 1_000e6);
    }

    /// @notice 1 % for the platform and 2 % of the rest for the organization, every month from now on.
    function mandate() internal view returns (Mandate memory) {
        return Mandate({
            uuid: bytes16(0x01997c89d0e97c9a9886fe7709919695),
            subscriber: subscriber,
            maxPerPeriod: MAXIMUM,
            priceMicroUsd: 25_000_000,
            firstChargeAt: uint64(NOW),
            endsAt: 0,
            nonce: 1,
            plan: Plan({
                merchant: merchant,
                token: address(usdc),
                kind: 0,
                periodUnit: 1,
                periodLength: 1,
                feeRecipient: feeRecipient,
                maxFeeBps: 100,
                organization: organization,
                organizationFeeBps: 200,
                registry: address(registry),
                maxExecutionFee: 1e6
            })
        });
    }

    function headOf(Mandate memory terms) internal pure returns (MandateHead memory) {
        return MandateHead(
            terms.uuid,
            terms.subscriber,
            terms.maxPerPeriod,
            terms.priceMicroUsd,
            terms.firstChargeAt,
            terms.endsAt,
            terms.nonce
        );
    }

    function signed(Mandate memory terms, uint256 key) internal view returns (bytes memory) {
        return Signing.packed(Signing.typed(key, subscriptions.DOMAIN_SEPARATOR(), subscriptions.hashMandate(terms)));
    }

    function activated() internal returns (Mandate memory terms) {
        terms = mandate();
        subscriptions.activate(terms, signed(terms, SUBSCRIBER_KEY));
    }

    function approve(uint256 amount) internal {
        vm.prank(subscriber);
        usdc.approve(address(subscriptions), amount);
    }

    function chargeOf(uint256 period, uint256 amount) internal pure returns (Charge memory) {
        return Charge({period: period, amount: amount, feeBps: 100, executionFee: 0, viaPermit2: false});
    }

    function expectRefused(Mandate memory terms, ChargeFailure reason) internal {
        bytes32 mandateHash = subscriptions.hashMandate(terms);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.ChargeRefused.selector, mandateHash, reason));
    }
}
