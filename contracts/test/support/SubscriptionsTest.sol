// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "../../src/interfaces/IExecutorRegistry.sol";
import {
    Charge,
    ChargeFailure,
    ChargeGroup,
    GroupCharge,
    IQBitFlowSubscriptions,
    Mandate,
    MandateHead,
    MandateState,
    MandateStatus,
    Plan,
    SingleCharge
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {MandateSigning} from "./MandateSigning.sol";
import {vm} from "./Vm.sol";

/// @notice A chain with the subscriptions contract, a registry with one executor, Permit2, the test tokens, and a
/// subscriber.
abstract contract SubscriptionsTest {
    uint256 internal constant SUBSCRIBER_KEY = 0xA11CE;
    uint256 internal constant ATTACKER_KEY = 0xBAD;
    /// 15 January 2027, 08:00:00 UTC. The next month begins 31 days later.
    uint256 internal constant NOW = 1_800_000_000;
    uint256 internal constant PRICE = 25e6;
    uint256 internal constant MAXIMUM = 30e6;
    uint64 internal constant GAS_PER_TRANSFER = 100_000;

    IQBitFlowSubscriptions internal subscriptions;
    IExecutorRegistry internal registry;
    ITestToken internal usdc;
    ITestToken internal usdt;
    ITestToken internal dai;

    address internal subscriber = vm.addr(SUBSCRIBER_KEY);
    address internal attacker = vm.addr(ATTACKER_KEY);
    address internal merchant = address(0x1111);
    address internal feeRecipient = address(0x2222);
    address internal organization = address(0x3333);
    address internal executor = address(0x4444);

    function setUp() public virtual {
        vm.warp(NOW);
        subscriptions = Deployed.subscriptions();
        usdc = Deployed.token("TestUSDC");
        usdt = Deployed.token("TestUSDT");
        dai = Deployed.token("TestDAI");
        Deployed.permit2();
        registry = Deployed.registry(address(this));
        registry.setExecutor(executor, true);
        usdc.mint(subscriber, 1_000e6);
        usdt.mint(subscriber, 1_000e6);
        dai.mint(subscriber, 1_000e6);
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
        return MandateSigning.headOf(terms);
    }

    function hashOf(Mandate memory terms) internal pure returns (bytes32) {
        return MandateSigning.mandateHash(terms);
    }

    function planHashOf(Mandate memory terms) internal pure returns (bytes32) {
        return MandateSigning.planHash(terms.plan);
    }

    function signed(Mandate memory terms, uint256 key) internal view returns (bytes memory) {
        return MandateSigning.sign(key, address(subscriptions), hashOf(terms));
    }

    function signed(bytes32 structHash, uint256 key) internal view returns (bytes memory) {
        return MandateSigning.sign(key, address(subscriptions), structHash);
    }

    function activate(Mandate memory terms) internal returns (Mandate memory) {
        subscriptions.activate(terms, signed(terms, SUBSCRIBER_KEY));
        return terms;
    }

    function activated() internal returns (Mandate memory terms) {
        return activate(mandate());
    }

    /// @notice Another subscriber's mandate of the same plan, active, with money and allowance.
    function activatedBy(uint256 key, Mandate memory terms, ITestToken token) internal returns (Mandate memory) {
        terms.subscriber = vm.addr(key);
        terms.plan.token = address(token);
        subscriptions.activate(terms, signed(terms, key));
        token.mint(terms.subscriber, 1_000e6);
        vm.prank(terms.subscriber);
        token.approve(address(subscriptions), 1_000e6);
        return terms;
    }

    function approve(uint256 amount) internal {
        vm.prank(subscriber);
        usdc.approve(address(subscriptions), amount);
    }

    function chargeOf(uint256 period, uint256 amount) internal pure returns (Charge memory) {
        return Charge({period: period, amount: amount, feeBps: 100, executionFee: 0, viaPermit2: false});
    }

    function chargeAs(address sender, Mandate memory terms, Charge memory wanted) internal {
        vm.prank(sender);
        subscriptions.charge(terms, wanted);
    }

    function item(Mandate memory terms, uint256 period, uint256 amount) internal pure returns (GroupCharge memory) {
        return GroupCharge(headOf(terms), period, amount);
    }

    function groupOf(Plan memory plan, GroupCharge[] memory charges) internal pure returns (ChargeGroup memory) {
        return ChargeGroup({plan: plan, feeBps: 100, executionFee: 0, viaPermit2: false, charges: charges});
    }

    /// @notice Period 0 at the full price, of each.
    function groupOf(Mandate[] memory all) internal pure returns (ChargeGroup memory) {
        GroupCharge[] memory charges = new GroupCharge[](all.length);
        for (uint256 i = 0; i < all.length; i++) {
            charges[i] = item(all[i], 0, PRICE);
        }
        return groupOf(all[0].plan, charges);
    }

    function noGroups() internal pure returns (ChargeGroup[] memory) {
        return new ChargeGroup[](0);
    }

    function noSingles() internal pure returns (SingleCharge[] memory) {
        return new SingleCharge[](0);
    }

    function stateOf(Mandate memory terms) internal view returns (MandateState memory) {
        return subscriptions.mandateState(hashOf(terms));
    }

    function assertStatus(Mandate memory terms, MandateStatus expected, string memory words) internal view {
        vm.assertEq(uint256(stateOf(terms).status), uint256(expected), words);
    }

    function assertCheck(Mandate memory terms, Charge memory wanted, ChargeFailure expected, string memory words)
        internal
        view
    {
        vm.assertEq(uint256(subscriptions.checkCharge(terms, wanted)), uint256(expected), words);
    }

    /// @notice A charge of 25.00 with 1 % and 2 % of the rest, in a token where nobody had anything.
    function assertPaidOut(ITestToken token, uint256 charges) internal view {
        vm.assertEq(token.balanceOf(merchant), charges * 24_255_000, "merchant: what remains");
        vm.assertEq(token.balanceOf(feeRecipient), charges * 250_000, "platform: 1 % of 25.00");
        vm.assertEq(token.balanceOf(organization), charges * 495_000, "organization: 2 % of the rest");
        vm.assertEq(token.balanceOf(address(subscriptions)), 0, "nothing stays");
    }

    function expectRefused(Mandate memory terms, ChargeFailure reason) internal {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.ChargeRefused.selector, hashOf(terms), reason));
    }

    function expectFailed(Mandate memory terms, uint256 period, ChargeFailure reason) internal {
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.ChargeFailed(hashOf(terms), terms.uuid, period, reason);
    }

    function expectCharged(Mandate memory terms, uint256 period, uint256 amount) internal {
        uint256 fee = amount / 100;
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.Charged(hashOf(terms), terms.uuid, period, amount, fee, (amount - fee) / 50, 0);
    }

    function expectGroupFailed(Plan memory plan, uint256 index, bytes memory reason) internal {
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.GroupFailed(plan.merchant, plan.token, index, reason);
    }

    function expectNotExecutor(address sender) internal {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.NotExecutor.selector, sender));
    }

    function expectSignatureInvalid(address signer) internal {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.SignatureInvalid.selector, signer));
    }

    function expectWrongStatus(Mandate memory terms, MandateStatus status) internal {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.WrongStatus.selector, hashOf(terms), status));
    }
}
